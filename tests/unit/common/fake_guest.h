/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A guest for tests of hypercalls: its memory is the program's, but for one
 * range that faults.
 */
#ifndef FAKE_GUEST_H
#define FAKE_GUEST_H

#include <xen/sched.h>

extern struct domain fake_domain; /* the caller */

/* Access to bytes [start, start + bytes) fails. */
void fake_guest_fault(const void *start, unsigned long bytes);

/* A privileged caller without faults; the hypervisor's console is empty. */
int fake_guest_setup(void **state);

#endif
