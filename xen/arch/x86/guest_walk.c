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
#define LEVEL_SHIFT 9
#define LARGEST_PAGE_SHIFT (PAGE_SHIFT + 2 * LEVEL_SHIFT) /* 1 GiB */
#define TOP_LEVEL_SHIFT (PAGE_SHIFT + 3 * LEVEL_SHIFT)

static bool is_canonical(uint64_t va)
{
    return (uint64_t)((int64_t)(va << 16) >> 16) == va;
}

static bool is_leaf(uint64_t entry, unsigned int shift)
{
    return shift == PAGE_SHIFT ||
           (shift <= LARGEST_PAGE_SHIFT && (entry & PTE_LARGE));
}

/* shift is that of an address by what an entry of the level spans. */
static int walk_tables(const struct guest_paging *paging, uint64_t va,
                       bool is_write, paddr_t *gpa)
{
    const uint64_t needed = PTE_PRESENT | (is_write ? PTE_WRITE : 0);
    paddr_t table = paging->cr3 & ENTRY_ADDRESS;
    unsigned int shift = TOP_LEVEL_SHIFT;

    for (;;) {
        uint64_t *entry = paging->entry_at(table + (va >> shift) % 512 * 8);
        uint64_t value;

        if (entry == NULL) {
            return -EFAULT;
        }
        value = *entry;
        if ((value & needed) != needed) {
            return -EFAULT;
        }
        if (is_leaf(value, shift)) {
            const uint64_t mask = (1UL << shift) - 1;

            /* Atomic: the guest's other vCPUs change entries meanwhile. */
            __atomic_fetch_or(entry, PTE_ACCESSED | (is_write ? PTE_DIRTY : 0),
                              __ATOMIC_RELAXED);
            *gpa = (value & ENTRY_ADDRESS & ~mask) | (va & mask);
            return 0;
        }
        __atomic_fetch_or(entry, PTE_ACCESSED, __ATOMIC_RELAXED);
        table = value & ENTRY_ADDRESS;
        shift -= LEVEL_SHIFT;
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
