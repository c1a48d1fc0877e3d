/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where boot.S enters C, and its way to another stack.
 */
#ifndef ASM_START_H
#define ASM_START_H

#include <xen/compiler.h>
#include <xen/types.h>

/* multiboot: physical address of the boot loader's information. */
void noreturn start_xen(paddr_t multiboot);

/* Calls function on the stack that ends at stack_top. */
void noreturn switch_stack(unsigned long stack_top,
                           void noreturn (*function)(void));

#endif
