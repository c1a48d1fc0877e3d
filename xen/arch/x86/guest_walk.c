/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Walks a guest's four-level page tables (AMD APM vol. 2, 5.3) in software.
 * No globals, no guest but the one whose tables it is shown.
 */
#include <xen/errno.h>
#include <asm/guest_walk.h>
#include <asm/layout.h>
#include <asm/page.h>

#define ENTRY_ADDRESS 0x000ffffffffff000UL
#define TOP_LEVEL 4
#define LARGEST_PAGE_LEVEL 3

static bool is_canonical(uint64_t va)
{
    return (uint64_t)((int64_t)(va << 16) >> 16) == va;
}

static bool allows(uint64_t entry, bool is_write)
{
    return (entry & PTE_PRESENT) && (!is_write || (entry & PTE_WRITE));
}

static bool is_leaf(uint64_t entry, unsigned int level)
{
    return level == 1 || (level <= LARGEST_PAGE_LEVEL && (entry & PTE_LARGE));
}

static int walk_tables(const struct guest_paging *paging, uint64_t va,
                       bool is_write, paddr_t *gpa)
{
    paddr_t table = paging->cr3 & ENTRY_ADDRESS;

    for (unsigned int level = TOP_LEVEL;; level--) {
        unsigned int shift = PAGE_SHIFT + 9 * (level - 1);
        uint64_t *entry = paging->entry_at(table + (va >> shift) % 512 * 8);
        uint64_t mask = (1UL << shift) - 1;
        uint64_t value;

        if (entry == NULL || !allows(*entry, is_write)) {
            return -EFAULT;
        }
        value = *entry;
        if (is_leaf(value, level)) {
            /* Atomic: the guest's other vCPUs change entries meanwhile. */
            __atomic_fetch_or(entry, PTE_ACCESSED | (is_write ? PTE_DIRTY : 0),
                              __ATOMIC_RELAXED);
            *gpa = (value & ENTRY_ADDRESS & ~mask) | (va & mask);
            return 0;
        }
        __atomic_fetch_or(entry, PTE_ACCESSED, __ATOMIC_RELAXED);
        table = value & ENTRY_ADDRESS;
    }
}

int guest_walk(const struct guest_paging *paging, uint64_t va, bool is_write,
               paddr_t *gpa)
{
    if (!(paging->cr0 & CR0_PG)) {
        *gpa = (uint32_t)va;
        return 0;
    }
    if (!(paging->efer & EFER_LMA)) {
        return -EOPNOTSUPP;
    }
    return is_canonical(va) ? walk_tables(paging, va, is_write, gpa) : -EFAULT;
}
