/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory of the guest that makes hypercalls. Everything outside of it faults,
 * and a test may make a part of it fault.
 */
#ifndef HOST_GUEST_H
#define HOST_GUEST_H

#include <xen/types.h>

/* bytes of guest memory, zero, until the next host_guest_reset(). */
void *host_guest_alloc(size_t bytes);

/* The same with a copy of what is at from. */
void *host_guest_put(const void *from, size_t bytes);

/* A copy of a NUL-terminated string. */
char *host_guest_put_string(const char *text);

/* From now on [at, at + bytes) faults, on top of what faulted before. */
void host_guest_break(const void *at, size_t bytes);

/* Everything that was broken works again. */
void host_guest_mend(void);

void host_guest_reset(void);

#endif
