/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Prints how many pages the hypervisor has free, those that are still to be
 * scrubbed included (XEN_SYSCTL_physinfo). Exits 1 with a message when the
 * hypervisor refuses.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "dom0/hypervisor.h"

int main(void)
{
    struct xen_sysctl *request = sysctl_open();
    int rc;

    request->cmd = XEN_SYSCTL_physinfo;
    rc = sysctl_send(request);
    if (rc < 0) {
        fprintf(stderr, "free-pages: %s\n", strerror(-rc));
        return 1;
    }
    printf("%" PRIu64 "\n", (uint64_t)request->u.physinfo.free_pages +
                                request->u.physinfo.scrub_pages);
    return 0;
}
