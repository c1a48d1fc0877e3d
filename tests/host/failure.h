/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Makes one of the host's services fail: the allocations and the changes of
 * permissions are counted from 1, together, in the order in which they are
 * asked for.
 */
#ifndef HOST_FAILURE_H
#define HOST_FAILURE_H

#include <xen/types.h>

/* The n-th service from now fails, once; 0: none does. */
void host_fail_nth(unsigned long n);

/* True once the service that was to fail has failed. */
bool host_has_failed(void);

/* The host's services ask this first. */
bool host_should_fail(void);

#endif
