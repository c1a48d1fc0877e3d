/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Called and read by the compiler's own code in libfdt.
 */
#ifndef ASM_LIBFDT_NEEDS_H
#define ASM_LIBFDT_NEEDS_H

#include <xen/compiler.h>

extern unsigned long __stack_chk_guard;
void noreturn __stack_chk_fail(void);

#endif
