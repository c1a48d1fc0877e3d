/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's own page tables: what those who boot need beside the names
 * of <xen/mm.h>. One set of tables of four levels and 512 entries for all
 * pCPUs; what stands in an entry is the arch's (<asm/page_table.h>).
 */
#ifndef XEN_PAGING_H
#define XEN_PAGING_H

#include <xen/compiler.h>
#include <xen/mm.h>
#include <asm/layout.h>
#include <asm/page_table.h>

/* The index of va in a table of the level: 1 maps 4 KiB pages, 4 is the top. */
static inline unsigned int table_index(unsigned long va, unsigned int level)
{
    return (va >> (PAGE_SHIFT + 9 * (level - 1))) % PT_ENTRIES;
}

/* Physical address of an object of the image; the way back. */
paddr_t image_paddr(const void *object);
void *image_virt(paddr_t paddr);

/*
 * Maps RAM [start, end), page aligned, in the direct map: in 2 MiB pages where
 * they fit, or in 4 KiB pages only. 0 or -ENOMEM. Before dom0 runs.
 */
int directmap_add(paddr_t start, paddr_t end, bool small_pages) __must_check;

/*
 * Physical memory as found, read-only; NULL when no page table can be had or
 * the range is out of reach. Boot only, until bootmap_drop().
 */
const void *boot_map(paddr_t start, size_t bytes);
void bootmap_drop(void);

/* Device registers of one page, uncached, for good. Boot only. */
volatile uint32_t *iomap_page(paddr_t paddr);

/* Gives the image's init area to the heap. */
void paging_free_init(void);

/* From here on what is constant after boot cannot be written. */
void paging_seal_ro_after_init(void);

#endif
