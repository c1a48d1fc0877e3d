/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Pages, and the hypervisor's own mappings of them. The arch gives
 * PAGE_HYPERVISOR_{RW,RO,RX} in <asm/page.h>; there is no writable and
 * executable kind.
 */
#ifndef XEN_MM_H
#define XEN_MM_H

#include <xen/lib.h>
#include <asm/page.h>

#define PAGE_MASK (~(PAGE_SIZE - 1))
#define PAGE_ALIGN(x) ROUNDUP(x, PAGE_SIZE)
#define PFN_UP(x) (((x) + PAGE_SIZE - 1) >> PAGE_SHIFT)
#define PFN_DOWN(x) ((x) >> PAGE_SHIFT)

/*
 * nr physically contiguous pages of the hypervisor's heap, not cleared;
 * mapped RW at the address returned. NULL when there are none.
 */
void *alloc_xenheap_pages(unsigned int nr);
void free_xenheap_pages(void *va, unsigned int nr);
unsigned long xenheap_free_pages(void);
unsigned long xenheap_total_pages(void);

/*
 * Adds [start, end) to the heap; boot only. The range is already in the
 * direct map, in 4 KiB pages.
 */
void xenheap_add(paddr_t start, paddr_t end);

/*
 * The direct map's view of a heap page, given to or taken from the page's
 * owner: a frame that becomes text or read-only data must not stay writable
 * through the direct map (arch; va is page aligned, in the direct map). Hiding
 * takes effect with the next change of permissions or unmapping, whose flush
 * it shares.
 */
void arch_directmap_hide(void *va);
void arch_directmap_show(void *va);

/*
 * Maps nr frames from mfn at virt, which is not mapped yet; both arch, both
 * may allocate page tables. 0 or -ENOMEM.
 */
int map_pages_to_xen(unsigned long virt, mfn_t mfn, unsigned long nr,
                     unsigned int flags) __must_check;

/* Unmaps [s, e), page aligned, and flushes it everywhere. */
int destroy_xen_mappings(unsigned long s, unsigned long e);

/*
 * Changes the permissions of [s, e), page aligned and mapped, to those of
 * flags, and flushes every pCPU's TLB. 0, or -EINVAL when a page is not mapped
 * or flags would allow writing and executing.
 */
int modify_xen_mappings(unsigned long s, unsigned long e,
                        unsigned int flags) __must_check;

/* The frame behind a mapped hypervisor address, or INVALID_PADDR. */
paddr_t xen_va_to_paddr(unsigned long va);

/* arch: one past the highest frame of RAM. */
extern unsigned long max_page;

/* The direct map. */
paddr_t virt_to_maddr(const void *va);
void *maddr_to_virt(paddr_t ma);

#endif
