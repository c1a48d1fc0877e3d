/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Exceptions of the hypervisor itself: those that a bug frame foresees are gone
 * on from; all others end in a report, which tells what it can.
 */
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/mm.h>
#include <xen/panic.h>
#include <xen/shutdown.h>
#include <xen/traps.h>
#include <asm/layout.h>
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
    printk(XENLOG_ERR "x30 %016lx %pS\n", f->x[30], (void *)f->x[30]);
}

static uint64_t class_of(const struct trap_frame *frame)
{
    return frame->vector % VECTOR_KINDS == VECTOR_SYNCHRONOUS
               ? frame->esr >> ESR_CLASS_SHIFT
               : 0;
}

static bool is_abort(const struct trap_frame *frame)
{
    return class_of(frame) == ESR_CLASS_DATA_ABORT ||
           class_of(frame) == ESR_CLASS_INSTRUCTION_ABORT;
}

static const char *name_of(const struct trap_frame *frame)
{
    return is_abort(frame) ? "abort"
                           : vector_names[frame->vector % VECTOR_KINDS];
}

static void show_abort(const struct trap_frame *frame)
{
    const uint64_t kind = frame->esr & ESR_ABORT_KIND;
    const char *what = class_of(frame) == ESR_CLASS_INSTRUCTION_ABORT
                           ? "execution"
                       : (frame->esr & ESR_ABORT_WRITE) ? "write"
                                                        : "read";

    printk(XENLOG_ERR "%s at %016lx: %s\n", what, frame->far,
           kind == ESR_ABORT_PERMISSION    ? "not permitted"
           : kind == ESR_ABORT_TRANSLATION ? "not mapped"
                                           : "failed");
}

/* entry.S has put the frame where there was room. */
static bool has_overflowed(const struct trap_frame *frame)
{
    const unsigned long at = (unsigned long)frame - STACKS_VIRT_START;

    return (unsigned long)frame >= STACKS_VIRT_START &&
           at % PCPU_STACK_BYTES / PAGE_SIZE == PCPU_STACK_FAULT_PAGE;
}

static void noreturn report(const struct trap_frame *frame)
{
    if (is_panicking()) {
        printk(XENLOG_ERR "A second fault (%s at %pS) ended the report.\n",
               name_of(frame), (void *)frame->pc);
        arch_panic_end();
    }
    begin_report();
    printk(XENLOG_ERR "Hypervisor fault: %s (vector %lu, syndrome %lx)\n",
           name_of(frame), frame->vector, frame->esr);
    if (is_abort(frame)) {
        show_abort(frame);
    }
    if (has_overflowed(frame)) {
        printk(XENLOG_ERR "The stack has overflowed; x0 is not known.\n");
    }
    arch_show_registers(frame);
    panic("%s in the hypervisor\n", name_of(frame));
}

void trap_taken(struct trap_frame *frame)
{
    livepatch_settle();
    if (!serve_bug(frame)) {
        report(frame);
    }
}
