/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Putting dom0's kernel into memory.
 */
#ifndef ASM_DOM0_H
#define ASM_DOM0_H

#include <xen/types.h>
#include <asm/multiboot.h>

/*
 * Places kernel, initrd, command line and boot parameters, and makes vCPU 0
 * ready to enter the kernel. Panics with what is wrong. Boot only.
 */
void dom0_load(const struct boot_loader_facts *facts);

/*
 * The kernel's command line out of what the admin has given, with its NUL, into
 * `to`. Gives its length; nothing is written when that is `bytes` or more. Boot
 * only.
 */
size_t dom0_cmdline_make(const char *given, char *to, size_t bytes);

#endif
