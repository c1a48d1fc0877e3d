/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypercall layer over libxencall, whose ABI is stable across Xen releases
 * (libxenctrl's is not). Takes plain memory, gives errnos. The library's own
 * messages are silenced: the command reports every failure itself, once.
 */
#include "hypervisor/hypercall.h"
#include "hypervisor/time_limit.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xen/xen.h>
#include <xencall.h>
#include <xentoollog.h>

#define SYSCTL_BUFFER_BYTES 4096U
#define OPEN_SECONDS 3U /* an open that works takes no time at all */

struct hypercall {
    struct xentoollog_logger *logger;
    xencall_handle *xencall;
    void *sysctl; /* one page that the hypervisor can reach */
};

/* The errno of a library call that failed, never 0. */
static int failure(void)
{
    return errno ? -errno : -EIO;
}

static int open_xencall(void *closure)
{
    struct hypercall *hypercall = closure;

    errno = 0;
    hypercall->xencall = xencall_open(hypercall->logger, 0);
    return hypercall->xencall ? 0 : failure();
}

static int open_library(struct hypercall *hypercall)
{
    int rc;

    hypercall->logger =
        (struct xentoollog_logger *)xtl_createlogger_stdiostream(
            stderr, XTL_CRITICAL, 0);
    if (!hypercall->logger) {
        return -ENOMEM;
    }
    rc = time_limit_run(OPEN_SECONDS, open_xencall, hypercall);
    if (rc) {
        return rc;
    }
    hypercall->sysctl =
        xencall_alloc_buffer(hypercall->xencall, SYSCTL_BUFFER_BYTES);
    return hypercall->sysctl ? 0 : -ENOMEM;
}

int hypercall_open(struct hypercall **opened)
{
    struct hypercall *hypercall = calloc(1, sizeof(*hypercall));
    int rc;

    if (!hypercall) {
        return -ENOMEM;
    }
    rc = open_library(hypercall);
    if (rc) {
        hypercall_close(hypercall);
        return rc;
    }
    *opened = hypercall;
    return 0;
}

void hypercall_close(struct hypercall *hypercall)
{
    if (hypercall->xencall) {
        hypercall_free(hypercall, hypercall->sysctl);
        xencall_close(hypercall->xencall);
    }
    xtl_logger_destroy(hypercall->logger); /* NULL is fine */
    free(hypercall);
}

void *hypercall_alloc(struct hypercall *hypercall, size_t bytes)
{
    void *buffer = xencall_alloc_buffer(hypercall->xencall, bytes);

    if (buffer) {
        memset(buffer, 0, bytes);
    }
    return buffer;
}

void hypercall_free(struct hypercall *hypercall, void *buffer)
{
    if (buffer) {
        xencall_free_buffer(hypercall->xencall, buffer);
    }
}

int hypercall_sysctl(struct hypercall *hypercall, void *sysctl, size_t bytes)
{
    int rc;

    if (bytes > SYSCTL_BUFFER_BYTES) {
        return -E2BIG;
    }
    memcpy(hypercall->sysctl, sysctl, bytes);
    errno = 0;
    rc = xencall1(hypercall->xencall, __HYPERVISOR_sysctl,
                  (uint64_t)(uintptr_t)hypercall->sysctl);
    if (rc < 0) {
        rc = failure();
    }
    memcpy(sysctl, hypercall->sysctl, bytes);
    return rc;
}

int hypercall_xen_version(struct hypercall *hypercall, int what, void *buffer)
{
    int rc;

    errno = 0;
    rc = xencall2(hypercall->xencall, __HYPERVISOR_xen_version, (uint64_t)what,
                  (uint64_t)(uintptr_t)buffer);
    return rc < 0 ? failure() : rc;
}
