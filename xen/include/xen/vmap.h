/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that is contiguous only in hypervisor virtual addresses, page by
 * page. VMAP_XEN lies within a rel32 branch of the hypervisor's text and is
 * where payloads live; its pages are RW and not executable when given out,
 * have one unmapped guard page before each allocation, and are reachable
 * through no other mapping.
 */
#ifndef XEN_VMAP_H
#define XEN_VMAP_H

#include <xen/mm.h>

enum vmap_region {
    VMAP_DEFAULT,
    VMAP_XEN,
    VMAP_REGION_NR
};

/* Boot only, once a region: [start, end), page aligned, not mapped. */
void vm_init_type(enum vmap_region type, void *start, void *end);

/* bytes > 0, rounded up to pages; NULL when out of memory or addresses. */
void *vmalloc(size_t bytes);
void *vzalloc(size_t bytes);
void *vmalloc_xen(size_t bytes);

/* Unmaps, flushes and frees; of either region; NULL is allowed. */
void vfree(void *va);

/* Pages that are allocated now, both regions: what tests compare. */
unsigned long vmap_pages_used(void);

#endif
