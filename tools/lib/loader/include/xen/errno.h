/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stands in front of the hypervisor's <xen/errno.h>: the ABI's numbers are
 * Linux's, and a test program has the C library's names for them already.
 * test_op.c compares the two.
 */
#ifndef XEN_ERRNO_H
#define XEN_ERRNO_H

#include <errno.h>

#endif
