/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where head.S enters C, and its way to another stack.
 */
#ifndef ASM_START_H
#define ASM_START_H

#include <xen/compiler.h>
#include <xen/types.h>

/* load, device_tree: physical addresses of the image and of the tree. */
void noreturn start_xen(paddr_t load, paddr_t device_tree);

/* Calls function on the stack that ends at stack_top. */
void noreturn switch_stack(unsigned long stack_top,
                           void noreturn (*function)(void));

/* boot_tables.c: fills the tables; keeps where the image is (first thing with
 * MMU); takes the low addresses away. */
void make_boot_tables(paddr_t load);
void boot_tables_keep(paddr_t load);
void boot_tables_drop_low(void);

/* head.S: where PSCI starts a pCPU (physical), with its block in x0. */
extern char ap_start[];
extern unsigned long ap_stack_top;
void noreturn ap_main(void);

#endif
