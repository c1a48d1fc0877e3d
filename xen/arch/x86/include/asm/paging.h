/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's own page tables: what the arch needs beside the portable
 * names of <xen/mm.h>. One set of tables for all pCPUs.
 */
#ifndef ASM_PAGING_H
#define ASM_PAGING_H

#include <xen/mm.h>
#include <asm/layout.h>

#define PT_ENTRIES 512
#define PTE_NX (1UL << 63)
#define PTE_ADDRESS 0x000ffffffffff000UL
#define LARGE_PAGE_BYTES (1UL << 21)
#define TABLE_FLAGS (PTE_PRESENT | PTE_WRITE | PTE_ACCESSED)

/* From boot.S; the lower half of low_pml4 is the only one there ever is. */
extern uint64_t idle_pml4[PT_ENTRIES], low_pml4[PT_ENTRIES];
extern uint64_t low_l2[PT_ENTRIES];

static inline uint64_t make_entry(paddr_t paddr, unsigned int flags)
{
    return paddr | (flags & ~PTE_FLAG_NX) |
           ((flags & PTE_FLAG_NX) ? PTE_NX : 0);
}

/* The index of va in a table of the level: 1 maps 4 KiB pages, 4 is the top. */
static inline unsigned int table_index(unsigned long va, unsigned int level)
{
    return (va >> (PAGE_SHIFT + 9 * (level - 1))) % PT_ENTRIES;
}

/* Physical address of an object of the image. */
paddr_t image_paddr(const void *object);

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

/* Loads the tables of all pCPUs and forgets boot's lower half. */
void paging_leave_boot_tables(void);
void paging_drop_low_tables(void);

/* Gives the image's init area to the heap. */
void paging_free_init(void);

/* From here on what is constant after boot cannot be written. */
void paging_seal_ro_after_init(void);

#endif
