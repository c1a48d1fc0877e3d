/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sysctls through libxencall, whose interface is stable over Xen releases.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xencall.h>
#include "dom0/hypervisor.h"

static xencall_handle *device;

static void *must(void *pointer, const char *what)
{
    if (!pointer) {
        perror(what);
        exit(1);
    }
    return pointer;
}

void *sysctl_buffer(size_t bytes)
{
    void *buffer =
        must(xencall_alloc_buffer(device, bytes), "hypercall buffer");

    return memset(buffer, 0, bytes);
}

struct xen_sysctl *sysctl_open(void)
{
    struct xen_sysctl *request;

    device = must(xencall_open(NULL, 0), "/dev/xen/hypercall");
    request = sysctl_buffer(sizeof(*request));
    request->interface_version = XEN_SYSCTL_INTERFACE_VERSION;
    return request;
}

int sysctl_send(struct xen_sysctl *request)
{
    int rc = xencall1(device, __HYPERVISOR_sysctl, (uintptr_t)request);

    return rc < 0 ? -errno : rc;
}
