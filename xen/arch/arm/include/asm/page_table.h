/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An entry of the hypervisor's page tables: stage 1 of EL2, 4 KiB pages, 48
 * bits of address (Arm ARM, D8.3). Level 4 here is the architecture's level 0.
 */
#ifndef ASM_PAGE_TABLE_H
#define ASM_PAGE_TABLE_H

#include <xen/compiler.h>
#include <xen/types.h>
#include <asm/layout.h>
#include <asm/page.h>
#include <asm/tlb.h>

#define PT_ENTRIES 512
#define PTE_ADDRESS 0x0000fffffffff000UL
#define LARGE_PAGE_BYTES (1UL << 21)

#define ENTRY_VALID (1UL << 0)
#define ENTRY_TABLE_OR_PAGE (1UL << 1)
#define ENTRY_ATTR(n) ((uint64_t)(n) << 2)
#define ENTRY_RES1 (1UL << 6) /* AP[1] where there is one privilege level */
#define ENTRY_RO (1UL << 7)
#define ENTRY_INNER_SHAREABLE (3UL << 8)
#define ENTRY_ACCESSED (1UL << 10)
#define ENTRY_XN (1UL << 54)

#define TABLE_FLAGS (ENTRY_VALID | ENTRY_TABLE_OR_PAGE)

/* Of all pCPUs; boot_tables.c has made those of the image. */
extern uint64_t top_table[PT_ENTRIES];

/* A page, or with PTE_LARGE a block; inline for code that runs without MMU. */
static always_inline uint64_t make_entry(paddr_t paddr, unsigned int flags)
{
    uint64_t entry = paddr | ENTRY_VALID | ENTRY_RES1 | ENTRY_ACCESSED |
                     ENTRY_INNER_SHAREABLE;

    entry |= ENTRY_ATTR((flags & PTE_DEVICE) ? ATTR_DEVICE : ATTR_NORMAL);
    entry |= (flags & PTE_LARGE) ? 0 : ENTRY_TABLE_OR_PAGE;
    entry |= (flags & PTE_WRITE) ? 0 : ENTRY_RO;
    entry |= (flags & PTE_FLAG_NX) ? ENTRY_XN : 0;
    return entry;
}

static inline bool is_present(uint64_t entry)
{
    return entry & ENTRY_VALID;
}

/* Of an entry above the last level: it maps a block. */
static inline bool is_large_page(uint64_t entry)
{
    return !(entry & ENTRY_TABLE_OR_PAGE);
}

/* A walk sees an entry that was not valid before (Arm ARM, D8.2.1). */
static inline void sync_new_entries(void)
{
    __asm__ __volatile__("dsb ishst; isb" : : : "memory");
}

#endif
