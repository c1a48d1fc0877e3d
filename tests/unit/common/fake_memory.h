/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Physical memory, its direct map and the hypervisor's mappings, played by
 * shared mappings of one memory file: an alias is a real alias.
 */
#ifndef FAKE_MEMORY_H
#define FAKE_MEMORY_H

#include <xen/mm.h>

#define FAKE_MEMORY_PAGES 256ul
#define FAKE_REGION_PAGES 64ul

/* Creates memory, all of it in the heap, and the address ranges of the two
 * vmap regions. Once a program. */
int fake_memory_setup(void **state);

extern char *fake_region[2]; /* FAKE_REGION_PAGES each */

bool fake_is_mapped(const void *va);

/* How many heap pages the direct map does not show now. */
unsigned long fake_pages_hidden(void);

/* map_pages_to_xen() fails once that many calls have succeeded; -1: never. */
extern long fake_maps_left;

#endif
