/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One sysctl to the hypervisor under dom0, for the helper programs of the
 * scenarios. Takes a filled request, gives the errno. What the fields mean is
 * the public header's business.
 */
#ifndef GUEST_HYPERVISOR_H
#define GUEST_HYPERVISOR_H

#include <stddef.h>
#include <stdint.h>
#include <xen/xen.h>
#include <xen/sysctl.h>

/*
 * Opens the hypercall device and gives an empty request of the current
 * interface version in memory that hypercalls may use. Ends the program with
 * a message when there is no such device. One request at a time.
 */
struct xen_sysctl *sysctl_open(void);

/* Memory that a request may point to; ends the program when there is none. */
void *sysctl_buffer(size_t bytes);

/* The hypervisor's answer to the request: 0 or more, or -errno. */
int sysctl_send(struct xen_sysctl *request);

#endif
