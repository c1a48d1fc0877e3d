/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A machine's physical memory, as the direct map of a process: sparse, as long
 * as a test needs it; its heap; and what else of a machine the files that map
 * memory for dom0 ask for.
 */
#ifndef PHYSICAL_H
#define PHYSICAL_H

#include <xen/types.h>

#define PHYSICAL_BYTES (8UL << 30)
#define PHYSICAL_BITS 40
#define FAKE_APIC_PADDR 0xfee00000UL

/* Before anything else. */
void physical_open(void);

/* Where heap pages are taken from; how many are left to be taken. */
void physical_heap(paddr_t start, paddr_t end);
extern unsigned long physical_pages_left;

/* How many times all vCPUs were kicked. */
extern unsigned int physical_kicks;

#endif
