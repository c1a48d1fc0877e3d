/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Prints how many pages the hypervisor has free, those that are still to be
 * scrubbed included (XEN_SYSCTL_physinfo). Exits 1 with a message when the
 * hypervisor refuses.
 *
 * Each Xen takes its own interface version alone. Of what is used here all of
 * them, from 4.14 on, have the same layout.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "dom0/hypervisor.h"

#define VERSION_FIRST 0x13 /* Xen 4.14 */
#define VERSION_LAST 0x16  /* Xen 4.21 */

int main(void)
{
    struct xen_sysctl *request = sysctl_open();
    int rc = -EACCES;

    request->cmd = XEN_SYSCTL_physinfo;
    for (uint32_t version = VERSION_FIRST;
         rc == -EACCES && version <= VERSION_LAST; version++) {
        request->interface_version = version;
        rc = sysctl_send(request);
    }
    if (rc < 0) {
        fprintf(stderr, "free-pages: %s\n", strerror(-rc));
        return 1;
    }
    printf("%" PRIu64 "\n", (uint64_t)request->u.physinfo.free_pages +
                                request->u.physinfo.scrub_pages);
    return 0;
}
