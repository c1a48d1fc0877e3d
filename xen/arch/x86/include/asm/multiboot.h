/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the boot loader hands over (multiboot specification 0.6.96, 3.3), read
 * once and kept in the hypervisor's own memory.
 */
#ifndef ASM_MULTIBOOT_H
#define ASM_MULTIBOOT_H

#include <xen/boot_loader.h>

/*
 * Reads the multiboot memory map of `bytes` bytes at `raw` (multiboot
 * specification 0.6.96, 3.3). 0; -EINVAL when an entry reaches past the end or
 * past the address space; -ENOSPC when there are more than MEMMAP_MAX.
 */
int memmap_read(const void *raw, size_t bytes, struct memmap *map) __must_check;

/* Panics on what makes no sense. Boot only; the result lives in init data. */
struct boot_loader_facts *multiboot_read(paddr_t where);

#endif
