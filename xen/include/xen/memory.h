/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which physical memory is the hypervisor's, and which is dom0's RAM.
 */
#ifndef XEN_MEMORY_H
#define XEN_MEMORY_H

#include <xen/boot_loader.h>

/*
 * Chooses the heap, around the modules, builds the direct map and gives the
 * heap its memory. Panics when there is no room. Boot only.
 */
void memory_init(const struct boot_loader_facts *facts);

/*
 * The memory map as dom0 is to see it: what is the hypervisor's is reserved.
 */
extern struct memmap dom0_memmap;

/* The hypervisor's own ranges of physical memory: image and heap. */
#define NR_OWN_RANGES 2
extern struct memory_range own_memory[NR_OWN_RANGES];

/* True when [start, end) is the hypervisor's in part or whole. */
bool is_own_memory(paddr_t start, paddr_t end);

#endif
