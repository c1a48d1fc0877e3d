/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An entry of the hypervisor's page tables (AMD APM vol. 2, 5.4), and the
 * tables that boot.S has made.
 */
#ifndef ASM_PAGE_TABLE_H
#define ASM_PAGE_TABLE_H

#include <xen/compiler.h>
#include <xen/types.h>
#include <asm/page.h>
#include <asm/tlb.h>

#define PT_ENTRIES 512
#define PTE_NX (1UL << 63)
#define PTE_ADDRESS 0x000ffffffffff000UL
#define LARGE_PAGE_BYTES (1UL << 21)
#define TABLE_FLAGS (PTE_PRESENT | PTE_WRITE | PTE_ACCESSED)

/* From boot.S; the lower half of low_pml4 is the only one there ever is. */
extern uint64_t idle_pml4[PT_ENTRIES], low_pml4[PT_ENTRIES];
extern uint64_t low_l2[PT_ENTRIES];
#define top_table idle_pml4

static inline uint64_t make_entry(paddr_t paddr, unsigned int flags)
{
    return paddr | (flags & ~PTE_FLAG_NX) |
           ((flags & PTE_FLAG_NX) ? PTE_NX : 0);
}

static inline bool is_present(uint64_t entry)
{
    return entry & PTE_PRESENT;
}

/* Of an entry above the last level: it maps a large page. */
static inline bool is_large_page(uint64_t entry)
{
    return entry & PTE_LARGE;
}

/* A walk sees an entry that was not present before. */
static inline void sync_new_entries(void)
{
}

/* Loads the tables of all pCPUs and forgets boot's lower half. */
void paging_leave_boot_tables(void);
void paging_drop_low_tables(void);

#endif
