/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The heap for small objects. NULL when there is no memory. Never inside the
 * stopped window, never from an NMI.
 */
#ifndef XEN_XMALLOC_H
#define XEN_XMALLOC_H

#include <xen/types.h>

/* size bytes, aligned to align (a power of two, at most PAGE_SIZE). */
void *_xmalloc(unsigned long size, unsigned long align);
void *_xzalloc(unsigned long size, unsigned long align);
void xfree(void *p); /* NULL is allowed */

/* Bytes that are allocated now: what tests compare before and after. */
unsigned long xmalloc_bytes_used(void);

/* The product, or an amount that cannot be had when it overflows. */
static inline unsigned long xmalloc_product(unsigned long a, unsigned long b)
{
    unsigned long bytes;

    return __builtin_mul_overflow(a, b, &bytes) ? ~0UL : bytes;
}

#define xmalloc(T) ((T *)_xmalloc(sizeof(T), __alignof__(T)))
#define xzalloc(T) ((T *)_xzalloc(sizeof(T), __alignof__(T)))
#define xmalloc_array(T, n)                                                    \
    ((T *)_xmalloc(xmalloc_product(sizeof(T), n), __alignof__(T)))
#define xzalloc_array(T, n)                                                    \
    ((T *)_xzalloc(xmalloc_product(sizeof(T), n), __alignof__(T)))
#define xmalloc_bytes(n) _xmalloc(n, sizeof(void *))
#define xzalloc_bytes(n) _xzalloc(n, sizeof(void *))

#endif
