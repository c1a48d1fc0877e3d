/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reaching dom0's memory by its virtual addresses, with a vCPU's translation.
 */
#ifndef XEN_GUEST_MEMORY_H
#define XEN_GUEST_MEMORY_H

#include <xen/types.h>

struct vcpu;

/*
 * Copies between bytes at va of dom0's and ours: to dom0 when is_write. Returns
 * the bytes not copied: all of them when they reach past the end of the address
 * space.
 */
unsigned long copy_guest(const struct vcpu *v, uint64_t va, void *ours,
                         unsigned long bytes, bool is_write);

/* arch: where va's bytes are, up to the end of their page. NULL: dom0's kernel
 * may not access them like that, or they are not in its RAM. */
void *arch_find_guest_bytes(const struct vcpu *v, uint64_t va, bool is_write);

/* arch: like memcpy(), up to a fault; returns the bytes not copied. */
unsigned long arch_copy_until_fault(void *to, const void *from,
                                    unsigned long bytes);

#endif
