/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From a guest's virtual address to its physical one. Pure: reads the guest's
 * page tables through a function that it is given.
 */
#ifndef ASM_GUEST_WALK_H
#define ASM_GUEST_WALK_H

#include <xen/compiler.h>
#include <xen/types.h>

struct guest_paging {
    uint64_t cr0, cr3, efer;
    /* The entry at gpa (8 bytes, aligned), or NULL when that is not RAM. */
    uint64_t *(*entry_at)(paddr_t gpa);
};

/*
 * Translates va and sets the accessed bits on the way, and the dirty bit for a
 * write, as the hardware would: in the very entries that were followed, however
 * the guest's other vCPUs change them meanwhile. The access is the guest
 * kernel's: user pages are fine, read-only ones cannot be written. 0, or
 *   -EFAULT      not mapped, not canonical, not writable, reserved bits set,
 *                or the tables changed under each of many tries
 *   -EOPNOTSUPP  paging without long mode (32-bit kernels)
 * and *gpa is untouched then.
 */
/*@ requires \valid_read(paging) && \valid(gpa) && \separated(paging, gpa);
    requires paging->entry_at == &entry_of_guest;
    assigns *gpa, guest_word[0 .. GUEST_WORDS - 1];
 */
int guest_walk(const struct guest_paging *paging, uint64_t va, bool is_write,
               paddr_t *gpa) __must_check;

#endif
