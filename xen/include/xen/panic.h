/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a panic needs of the architecture: stop the others, say where we are,
 * end. panic() calls the three in this order with its message after the first.
 */
#ifndef XEN_PANIC_H
#define XEN_PANIC_H

#include <xen/compiler.h>

/*
 * Stops every other pCPU, waiting a bounded time. Returns to one pCPU only, the
 * first to call (and at once when it calls again); any other caller halts
 * here.
 */
void arch_halt_all(void);

/*
 * Prints which pCPU this is, the guest's instruction pointer when the pCPU is
 * serving an exit, and the call chain with symbols. Safe on a damaged stack.
 */
void arch_dump_backtrace(void);

/* The end of a panic: resets the machine, or halts with option `noreboot`. */
void noreturn arch_panic_end(void);

#endif
