/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sends debug keys to the hypervisor (XEN_SYSCTL_debug_keys), as
 * `xl debug-keys` does.
 *
 *     debug-key KEYS
 *
 * Exits 1 with a message when the hypervisor refuses.
 */
#include <stdio.h>
#include <string.h>
#include "dom0/hypervisor.h"

int main(int argc, char **argv)
{
    struct xen_sysctl *request;
    char *keys;
    int rc;

    if (argc != 2) {
        fprintf(stderr, "usage: debug-key KEYS\n");
        return 2;
    }
    request = sysctl_open();
    keys = sysctl_buffer(strlen(argv[1]) + 1);
    strcpy(keys, argv[1]);
    request->cmd = XEN_SYSCTL_debug_keys;
    request->u.debug_keys.nr_keys = (uint32_t)strlen(keys);
    set_xen_guest_handle(request->u.debug_keys.keys, keys);
    rc = sysctl_send(request);
    if (rc < 0) {
        fprintf(stderr, "debug-key: %s\n", strerror(-rc));
        return 1;
    }
    return 0;
}
