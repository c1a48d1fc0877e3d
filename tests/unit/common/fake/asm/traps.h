/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The end of a panic, as fake_panic_arch.c plays it.
 */
#ifndef ASM_TRAPS_H
#define ASM_TRAPS_H

#include <xen/compiler.h>

void arch_halt_all(void);
void arch_dump_backtrace(void);
void noreturn arch_panic_end(void);

#endif
