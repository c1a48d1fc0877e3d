/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Exceptions of the hypervisor itself: those that were foreseen, by a bug frame
 * or an entry of an exception table, are gone on from; all others end in a
 * report, which tells what it can, and the call chain of any panic. Reads
 * whatever it shows through the page tables first, since a register may hold
 * anything.
 */
#include <xen/console.h>
#include <xen/extable.h>
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/mm.h>
#include <xen/smp.h>
#include <asm/cpu.h>
#include <asm/shutdown.h>
#include <asm/trap_frame.h>
#include <asm/traps.h>
#include <asm/vcpu.h>

#define VECTOR_DEBUG 1
#define VECTOR_BREAKPOINT 3
#define VECTOR_INVALID_OPCODE 6
#define VECTOR_DOUBLE_FAULT 8
#define VECTOR_PAGE_FAULT 14
#define VECTOR_MACHINE_CHECK 18
#define MOST_FRAMES 32
#define CODE_BYTES 16

#define FAULT_PRESENT 0x01
#define FAULT_WRITE 0x02
#define FAULT_FETCH 0x10

static const char *const exception_names[] = {
    "divide error",
    "debug",
    "NMI",
    "breakpoint",
    "overflow",
    "bound range",
    "invalid opcode",
    "no device",
    "double fault",
    "vector 9",
    "invalid TSS",
    "segment not present",
    "stack fault",
    "general protection",
    "page fault",
    "vector 15",
    "x87 error",
    "alignment check",
    "machine check",
    "SIMD error",
    "vector 20",
    "control protection",
};

static bool is_readable(unsigned long address, unsigned long bytes)
{
    return xen_va_to_paddr(address) != INVALID_PADDR &&
           xen_va_to_paddr(address + bytes - 1) != INVALID_PADDR;
}

static void show_chain(unsigned long frame_pointer)
{
    printk(XENLOG_ERR "Call chain:\n");
    for (unsigned int i = 0; i < MOST_FRAMES; i++) {
        const unsigned long *link = (const unsigned long *)frame_pointer;

        if (!IS_ALIGNED(frame_pointer, sizeof(*link)) ||
            !is_readable(frame_pointer, 2 * sizeof(*link))) {
            return;
        }
        printk(XENLOG_ERR "   [<%016lx>] %pS\n", link[1], (void *)link[1]);
        frame_pointer = link[0];
    }
}

void arch_dump_backtrace(void)
{
    const struct pcpu *self = this_pcpu();

    printk(XENLOG_ERR "On pCPU %u (APIC id %u)%s\n", self->id, self->apic_id,
           self->in_exit ? ", serving an exit of dom0" : "");
    if (self->in_exit) {
        vcpu_show_where(self->vcpu);
    }
    livepatch_report();
    show_chain((unsigned long)__builtin_frame_address(0));
}

static const char *name_exception(uint64_t vector)
{
    return vector < ARRAY_SIZE(exception_names) ? exception_names[vector]
                                                : "exception";
}

static void show_page_fault(uint64_t error_code)
{
    const char *what = (error_code & FAULT_FETCH)   ? "execution"
                       : (error_code & FAULT_WRITE) ? "write"
                                                    : "read";

    printk(XENLOG_ERR "%s at %016lx: %s\n", what, read_cr2(),
           (error_code & FAULT_PRESENT) ? "not permitted" : "not mapped");
}

static void show_registers(const struct trap_frame *f)
{
    printk(XENLOG_ERR "rip %04lx:%016lx %pS\n", f->cs, f->rip, (void *)f->rip);
    printk(XENLOG_ERR "rsp %04lx:%016lx rflags %08lx\n", f->ss, f->rsp,
           f->rflags);
    printk(XENLOG_ERR "rax %016lx rbx %016lx rcx %016lx\n", f->rax, f->rbx,
           f->rcx);
    printk(XENLOG_ERR "rdx %016lx rsi %016lx rdi %016lx\n", f->rdx, f->rsi,
           f->rdi);
    printk(XENLOG_ERR "rbp %016lx r8  %016lx r9  %016lx\n", f->rbp, f->r8,
           f->r9);
    printk(XENLOG_ERR "r10 %016lx r11 %016lx r12 %016lx\n", f->r10, f->r11,
           f->r12);
    printk(XENLOG_ERR "r13 %016lx r14 %016lx r15 %016lx\n", f->r13, f->r14,
           f->r15);
    printk(XENLOG_ERR "cr2 %016lx cr3 %016lx\n", read_cr2(), read_cr3());
    if (is_readable(f->rip, CODE_BYTES)) {
        printk(XENLOG_ERR "code at rip: %*ph\n", CODE_BYTES,
               (const void *)f->rip);
    }
}

void begin_report(void)
{
    arch_halt_all();
    console_break_lock();
    console_take_back();
}

static void show_warning(const struct trap_frame *frame, const struct bug *bug)
{
    printk(XENLOG_WARNING "WARN at %s:%u\n", (const char *)bug->subject,
           bug->line);
    printk(XENLOG_WARNING "rip %04lx:%016lx %pS\n", frame->cs, frame->rip,
           (void *)frame->rip);
    show_chain(frame->rbp);
}

static void noreturn report_bug(const struct trap_frame *frame,
                                const struct bug *bug)
{
    const char *file = bug->subject;

    begin_report();
    show_registers(frame);
    if (bug->kind == BUGFRAME_assert) {
        panic("Assertion '%s' failed at %s:%u\n", bug->message, file,
              bug->line);
    }
    panic("BUG at %s:%u\n", file, bug->line);
}

/* True when the instruction was put there to trap: the next one is next. */
static bool serve_bug(struct trap_frame *frame)
{
    struct bug bug;

    if (frame->vector != VECTOR_INVALID_OPCODE || !bug_find(frame->rip, &bug)) {
        return false;
    }
    if (bug.kind == BUGFRAME_run_fn) {
        ((bug_fn_t *)bug.subject)(frame);
    } else if (bug.kind == BUGFRAME_warn) {
        show_warning(frame, &bug);
    } else if (!is_panicking()) {
        report_bug(frame, &bug);
    } else {
        return false;
    }
    frame->rip += BUG_INSN_BYTES;
    return true;
}

/* The others come between instructions, or tell of no one instruction. */
static bool is_of_instruction(uint64_t vector)
{
    return vector != VECTOR_DEBUG && vector != VECTOR_BREAKPOINT &&
           vector != VECTOR_DOUBLE_FAULT && vector != VECTOR_MACHINE_CHECK;
}

/* True when a table says where to go on after this fault. */
static bool fix_up(struct trap_frame *frame)
{
    const unsigned long cont = is_of_instruction(frame->vector)
                                   ? search_exception_table(frame->rip)
                                   : 0;

    if (cont == 0) {
        return false;
    }
    frame->rip = cont;
    return true;
}

static void noreturn report(const struct trap_frame *frame)
{
    if (is_panicking()) {
        printk(XENLOG_ERR "A second fault (%s at %pS) ended the report.\n",
               name_exception(frame->vector), (void *)frame->rip);
        arch_panic_end();
    }
    begin_report();
    printk(XENLOG_ERR "Hypervisor fault: %s (vector %lu, error code %lx)\n",
           name_exception(frame->vector), frame->vector, frame->error_code);
    if (frame->vector == VECTOR_PAGE_FAULT) {
        show_page_fault(frame->error_code);
    }
    show_registers(frame);
    panic("%s in the hypervisor\n", name_exception(frame->vector));
}

/* A machine check may come while this pCPU stands still for another that is
 * changing the very functions that are needed here. */
void trap_taken(struct trap_frame *frame)
{
    livepatch_settle();
    if (!serve_bug(frame) && !fix_up(frame)) {
        report(frame);
    }
}
