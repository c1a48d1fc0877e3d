/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where each CPU of a machine that hangs is, out of what QEMU's monitor prints
 * (machine_registers()), by name where the hypervisor's symbols are given.
 */
#ifndef LIVEPATCH_REPLAY_BACKTRACE_H
#define LIVEPATCH_REPLAY_BACKTRACE_H

#include <stdio.h>

#include "lib/memory.h"

/* Begins what the monitor prints of a CPU's stack, behind the registers of all:
 * this and the CPU's number on a line. */
#define BACKTRACE_STACK_OF "stack of CPU#"

/*
 * Add lines to `notes`: for each CPU its place, and the return addresses that
 * its stack may hold, the innermost first. `xen_syms` names a file, or is NULL:
 * then only the place, as a number. What is wrong with the file goes to `err`.
 */
void backtrace_add(const char *registers, const char *xen_syms,
                   struct text_list *notes, FILE *err);

#endif
