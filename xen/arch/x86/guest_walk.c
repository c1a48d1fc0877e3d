/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Walks a guest's four-level page tables (AMD APM vol. 2, 5.3) in software.
 * No globals, no guest but the one whose tables it is shown.
 */
#include <xen/errno.h>
#include <asm/guest_walk.h>
#include <asm/layout.h>
#include <asm/page.h>

#define LEVEL_SHIFT 9
#define LARGEST_PAGE_SHIFT (PAGE_SHIFT + 2 * LEVEL_SHIFT) /* 1 GiB */
#define TOP_LEVEL_SHIFT (PAGE_SHIFT + 3 * LEVEL_SHIFT)

#define ENTRY_ADDRESS 0x000ffffffffff000UL
#define ENTRY_NO_EXECUTE (1UL << 63)
/* In a large page's entry the lowest bit of the address is PAT's. */
#define LARGE_PAT (1UL << PAGE_SHIFT)

/* As often may the guest's other vCPUs change an entry under a walk. */
#define TRIES 64

/*@ predicate is_levels(integer shift) = shift == PAGE_SHIFT ||
      shift == PAGE_SHIFT + LEVEL_SHIFT || shift == LARGEST_PAGE_SHIFT ||
      shift == TOP_LEVEL_SHIFT;
 */

/*@ assigns \nothing; */
static bool is_canonical(uint64_t va)
{
    const int64_t top = (int64_t)va >> 47; /* bits that repeat the highest */

    return top == 0 || top == -1;
}

/*@ assigns \nothing;
    ensures shift == PAGE_SHIFT ==> \result;
 */
static bool is_leaf(uint64_t entry, unsigned int shift)
{
    return shift == PAGE_SHIFT || (entry & PTE_LARGE);
}

/* Whether a large page may look like this: it spans 1 << shift bytes. */
/*@ requires is_levels(shift); assigns \nothing; */
static bool is_large_page(uint64_t entry, unsigned int shift)
{
    const uint64_t offset = (1UL << shift) - 1;

    return shift <= LARGEST_PAGE_SHIFT &&
           !(entry & ENTRY_ADDRESS & offset & ~LARGE_PAT);
}

/*
 * Sets bits in an entry that still holds `value`. Compared, for the guest's
 * other vCPUs change entries meanwhile: one that was cleared, or given to
 * another page, must not get bits that belong to what it was.
 */
/*@ requires \valid(entry); assigns *entry; */
static bool set_bits(uint64_t *entry, uint64_t value, uint64_t bits)
{
    return (value & bits) == bits ||
           __atomic_compare_exchange_n(entry, &value, value | bits, false,
                                       __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

/* Puts the page that the entry maps before the offset in *gpa. */
/*@ requires \valid(entry) && \valid(gpa) && is_levels(shift);
    assigns *entry, *gpa;
 */
static int take_leaf(uint64_t *entry, uint64_t value, unsigned int shift,
                     bool is_write, paddr_t *gpa)
{
    if (shift != PAGE_SHIFT && !is_large_page(value, shift)) {
        return -EFAULT;
    }
    *gpa |= value & ENTRY_ADDRESS & ~((1UL << shift) - 1);
    return set_bits(entry, value, PTE_ACCESSED | (is_write ? PTE_DIRTY : 0))
               ? 0
               : -EAGAIN;
}

/* Like guest_walk(); -EAGAIN: an entry changed meanwhile. shift is that of an
 * address by what an entry of the level spans. */
/*@ requires \valid_read(paging) && \valid(gpa) && \separated(paging, gpa);
    requires paging->entry_at == &entry_of_guest;
    assigns *gpa, guest_word[0 .. GUEST_WORDS - 1];
 */
static int walk_once(const struct guest_paging *paging, uint64_t va,
                     bool is_write, paddr_t *gpa)
{
    const uint64_t needed = PTE_PRESENT | (is_write ? PTE_WRITE : 0);
    const uint64_t reserved = paging->efer & EFER_NXE ? 0 : ENTRY_NO_EXECUTE;
    paddr_t table = paging->cr3 & ENTRY_ADDRESS;
    unsigned int shift = TOP_LEVEL_SHIFT;

    /*@ loop invariant is_levels(shift);
        loop invariant table <= ENTRY_ADDRESS && table % PAGE_SIZE == 0;
        loop assigns table, shift, *gpa, guest_word[0 .. GUEST_WORDS - 1];
        loop variant shift;
     */
    for (;;) {
        uint64_t *entry;
        uint64_t value;

        //@ calls entry_of_guest;
        entry = paging->entry_at(table + (va >> shift) % 512 * 8);
        if (entry == NULL) {
            return -EFAULT;
        }
        value = __atomic_load_n(entry, __ATOMIC_RELAXED);
        if ((value & (needed | reserved)) != needed) {
            return -EFAULT;
        }
        if (is_leaf(value, shift)) {
            *gpa = va & ((1UL << shift) - 1);
            return take_leaf(entry, value, shift, is_write, gpa);
        }
        if (!set_bits(entry, value, PTE_ACCESSED)) {
            return -EAGAIN;
        }
        table = value & ENTRY_ADDRESS;
        shift -= LEVEL_SHIFT;
    }
}

/*@ requires \valid_read(paging) && \valid(gpa) && \separated(paging, gpa);
    requires paging->entry_at == &entry_of_guest;
    assigns *gpa, guest_word[0 .. GUEST_WORDS - 1];
 */
static int walk_tables(const struct guest_paging *paging, uint64_t va,
                       bool is_write, paddr_t *gpa)
{
    paddr_t found;

    /*@ loop invariant 0 <= i <= TRIES;
        loop assigns i, found, guest_word[0 .. GUEST_WORDS - 1];
        loop variant TRIES - i;
     */
    for (unsigned int i = 0; i < TRIES; i++) {
        int rc = walk_once(paging, va, is_write, &found);

        if (rc == 0) {
            *gpa = found;
        }
        if (rc != -EAGAIN) {
            return rc;
        }
    }
    return -EFAULT;
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
