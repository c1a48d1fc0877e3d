/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Exceptions of the hypervisor itself: those that a bug frame foresees are gone
 * on from; all others end in a report, which tells what it can.
 */
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/panic.h>
#include <xen/shutdown.h>
#include <xen/traps.h>
#include <asm/trap_frame.h>

static const char *const vector_names[VECTOR_KINDS] = {"synchronous exception",
                                                       "IRQ", "FIQ", "SError"};

void arch_show_where(const struct trap_frame *f)
{
    printk(XENLOG_ERR "pc %016lx %pS\n", f->pc, (void *)f->pc);
}

void arch_show_registers(const struct trap_frame *f)
{
    arch_show_where(f);
    printk(XENLOG_ERR "sp %016lx pstate %08lx esr %08lx far %016lx\n", f->sp,
           f->pstate, f->esr, f->far);
    for (unsigned int i = 0; i < 30; i += 3) {
        printk(XENLOG_ERR "x%-2u %016lx x%-2u %016lx x%-2u %016lx\n", i,
               f->x[i], i + 1, f->x[i + 1], i + 2, f->x[i + 2]);
    }
    printk(XENLOG_ERR "x30 %016lx\n", f->x[30]);
}

static void noreturn report(const struct trap_frame *frame)
{
    const char *name = vector_names[frame->vector % VECTOR_KINDS];

    if (is_panicking()) {
        printk(XENLOG_ERR "A second fault (%s at %pS) ended the report.\n",
               name, (void *)frame->pc);
        arch_panic_end();
    }
    begin_report();
    printk(XENLOG_ERR "Hypervisor fault: %s (vector %lu, class %#lx)\n", name,
           frame->vector, frame->esr >> ESR_CLASS_SHIFT);
    arch_show_registers(frame);
    panic("%s in the hypervisor\n", name);
}

void trap_taken(struct trap_frame *frame)
{
    livepatch_settle();
    if (!serve_bug(frame)) {
        report(frame);
    }
}
