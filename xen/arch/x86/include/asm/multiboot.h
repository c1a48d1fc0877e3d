/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the boot loader hands over (multiboot specification 0.6.96, 3.3), read
 * once and kept in the hypervisor's own memory.
 */
#ifndef ASM_MULTIBOOT_H
#define ASM_MULTIBOOT_H

#include <asm/layout.h>
#include <asm/memmap.h>

#define BOOT_MODULES_MAX 2

struct boot_module {
    paddr_t start, end;
    char cmdline[DOM0_CMDLINE_BYTES];
};

struct boot_loader_facts {
    struct memmap memmap;
    char cmdline[DOM0_CMDLINE_BYTES];
    unsigned int nr_modules;
    struct boot_module module[BOOT_MODULES_MAX]; /* kernel, initrd */
};

/* Panics on what makes no sense. Boot only; the result lives in init data. */
struct boot_loader_facts *multiboot_read(paddr_t where);

#endif
