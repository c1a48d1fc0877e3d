/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the boot loader hands over, whatever its protocol: read once by the arch
 * and kept in the hypervisor's own memory.
 */
#ifndef XEN_BOOT_LOADER_H
#define XEN_BOOT_LOADER_H

#include <xen/memmap.h>

#define BOOT_CMDLINE_BYTES 4096
#define BOOT_MODULES_MAX 2

struct boot_module {
    paddr_t start, end;
    char cmdline[BOOT_CMDLINE_BYTES];
};

struct boot_loader_facts {
    struct memmap memmap;
    char cmdline[BOOT_CMDLINE_BYTES];
    unsigned int nr_modules;
    struct boot_module module[BOOT_MODULES_MAX]; /* kernel, initrd */
};

#endif
