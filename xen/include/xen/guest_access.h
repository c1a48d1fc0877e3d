/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copying to and from the memory of the guest that made the hypercall, with
 * the translation of the vCPU that made it. Hypercall context only.
 */
#ifndef XEN_GUEST_ACCESS_H
#define XEN_GUEST_ACCESS_H

#include <xen/types.h>

/* Bytes that could not be copied: 0 on success. */
unsigned long raw_copy_from_guest(void *to, const void *from,
                                  unsigned long bytes);
unsigned long raw_copy_to_guest(void *to, const void *from,
                                unsigned long bytes);

/*
 * Typed forms: hnd is an XEN_GUEST_HANDLE; off and nr count elements of its
 * type. Non-zero: not all was copied (-EFAULT is the caller's answer). A
 * product that overflows fails.
 */
#define copy_from_guest_offset(ptr, hnd, off, nr)                              \
    guest_copy_bytes(raw_copy_from_guest, (ptr),                               \
                     guest_element((hnd).p, (off), sizeof(*(hnd).p)),          \
                     (unsigned long)(nr), sizeof(*(ptr)))
#define copy_to_guest_offset(hnd, off, ptr, nr)                                \
    guest_copy_bytes(raw_copy_to_guest,                                        \
                     guest_element((hnd).p, (off), sizeof(*(hnd).p)), (ptr),   \
                     (unsigned long)(nr), sizeof(*(ptr)))
#define copy_from_guest(ptr, hnd, nr) copy_from_guest_offset(ptr, hnd, 0, nr)
#define copy_to_guest(hnd, ptr, nr) copy_to_guest_offset(hnd, 0, ptr, nr)

#define guest_handle_is_null(hnd) ((hnd).p == NULL)

/* A guest's pointer may be anything: its arithmetic is that of integers. */
static inline void *guest_element(const void *base, unsigned long index,
                                  unsigned long size)
{
    return (void *)((unsigned long)base + index * size);
}

static inline unsigned long
guest_copy_bytes(unsigned long (*copy)(void *, const void *, unsigned long),
                 void *to, const void *from, unsigned long nr,
                 unsigned long size)
{
    unsigned long bytes;

    if (__builtin_mul_overflow(nr, size, &bytes)) {
        return ~0UL;
    }
    return copy(to, from, bytes);
}

#endif
