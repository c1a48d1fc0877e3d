/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Exceptions of the hypervisor itself: those that were foreseen, by a bug frame
 * or an entry of an exception table, are gone on from; all others end in a
 * report, which tells what it can.
 */
#include <xen/extable.h>
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/panic.h>
#include <xen/shutdown.h>
#include <xen/traps.h>
#include <asm/cpu.h>
#include <asm/trap_frame.h>

#define VECTOR_DEBUG 1
#define VECTOR_BREAKPOINT 3
#define VECTOR_DOUBLE_FAULT 8
#define VECTOR_PAGE_FAULT 14
#define VECTOR_MACHINE_CHECK 18
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

void arch_show_where(const struct trap_frame *f)
{
    printk(XENLOG_ERR "rip %04lx:%016lx %pS\n", f->cs, f->rip, (void *)f->rip);
}

void arch_show_registers(const struct trap_frame *f)
{
    arch_show_where(f);
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
    arch_show_registers(frame);
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
