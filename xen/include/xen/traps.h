/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is done about a trap of the hypervisor's own, as far as it is the same
 * for all that trap. The arch knows which exception it was, and the registers.
 */
#ifndef XEN_TRAPS_H
#define XEN_TRAPS_H

#include <xen/bug.h>
#include <xen/compiler.h>

/*
 * Serves an instruction that was put there to trap: says what its bug frame
 * wants said. True: the next instruction is next, and *frame says so. False:
 * no bug frame foresees it, or a report that is under way is not to be begun
 * again.
 */
bool serve_bug(struct trap_frame *frame);

/* Prints the return addresses of a chain of frame pointers, as far as it can be
 * followed. */
void show_call_chain(unsigned long frame_pointer);

/* True when all of the bytes are mapped. */
bool is_readable(unsigned long address, unsigned long bytes);

/* arch: one line of where the frame's pCPU was; all its registers. */
void arch_show_where(const struct trap_frame *frame);
void arch_show_registers(const struct trap_frame *frame);

#endif
