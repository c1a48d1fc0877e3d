/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Traps that a bug frame foresees, and the call chain of any panic. Reads
 * whatever it shows through the page tables first, since a register may hold
 * anything.
 */
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/mm.h>
#include <xen/panic.h>
#include <xen/shutdown.h>
#include <xen/smp.h>
#include <xen/traps.h>
#include <asm/trap_frame.h>
#include <asm/vcpu.h>

#define MOST_FRAMES 32

bool is_readable(unsigned long address, unsigned long bytes)
{
    return xen_va_to_paddr(address) != INVALID_PADDR &&
           xen_va_to_paddr(address + bytes - 1) != INVALID_PADDR;
}

void show_call_chain(unsigned long frame_pointer)
{
    printk(XENLOG_ERR "Call chain:\n");
    for (unsigned int i = 0; i < MOST_FRAMES; i++) {
        const unsigned long *link = (const unsigned long *)frame_pointer;

        if (!IS_ALIGNED(frame_pointer, sizeof(*link)) ||
            !is_readable(frame_pointer, 2 * sizeof(*link)) || link[1] == 0) {
            return;
        }
        printk(XENLOG_ERR "   [<%016lx>] %pS\n", link[1], (void *)link[1]);
        frame_pointer = link[0];
    }
}

void arch_dump_backtrace(void)
{
    const struct pcpu *self = this_pcpu();

    printk(XENLOG_ERR "On pCPU %u (" PCPU_HARDWARE_FORMAT ")%s\n", self->id,
           PCPU_HARDWARE_ID(self),
           self->in_exit ? ", serving an exit of dom0" : "");
    if (self->in_exit) {
        vcpu_show_where(self->vcpu);
    }
    livepatch_report();
    show_call_chain(own_frame_pointer());
    /* Not its last call, which would be made when the frame is gone. */
    __asm__ __volatile__("" : : : "memory");
}

static void show_warning(const struct trap_frame *frame, const struct bug *bug)
{
    printk(XENLOG_WARNING "WARN at %s:%u\n", (const char *)bug->subject,
           bug->line);
    arch_show_where(frame);
    show_call_chain(trap_frame_pointer(frame));
}

static void noreturn report_bug(const struct trap_frame *frame,
                                const struct bug *bug)
{
    const char *file = bug->subject;

    begin_report();
    arch_show_registers(frame);
    if (bug->kind == BUGFRAME_assert) {
        panic("Assertion '%s' failed at %s:%u\n", bug->message, file,
              bug->line);
    }
    panic("BUG at %s:%u\n", file, bug->line);
}

bool serve_bug(struct trap_frame *frame)
{
    struct bug bug;

    if (!trap_is_of_bug(frame) || !bug_find(trap_pc(frame), &bug)) {
        return false;
    }
    if (bug.kind == BUGFRAME_run_fn) {
        trap_bug_function(frame, &bug)(frame);
    } else if (bug.kind == BUGFRAME_warn) {
        show_warning(frame, &bug);
    } else if (!is_panicking()) {
        report_bug(frame, &bug);
    } else {
        return false;
    }
    trap_skip(frame, BUG_INSN_BYTES);
    return true;
}
