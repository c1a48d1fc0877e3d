/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Prints the hypervisor's console ring (XEN_SYSCTL_readconsole) as `xl dmesg`
 * does, without a toolstack.
 *
 *     xen-dmesg       print what the ring holds
 *     xen-dmesg -c    print it, then empty the ring
 *
 * Exits 1 with a message when the hypervisor refuses.
 */
#include <stdio.h>
#include <string.h>
#include "dom0/hypervisor.h"

/* Larger than any ring that is met: stock Xen's is 16 KiB for each CPU. */
#define RING_BYTES (1u << 20)

int main(int argc, char **argv)
{
    int clear = argc == 2 && !strcmp(argv[1], "-c");
    struct xen_sysctl *request;
    char *text;
    int rc;

    if (argc > 1 && !clear) {
        fprintf(stderr, "usage: xen-dmesg [-c]\n");
        return 2;
    }
    request = sysctl_open();
    text = sysctl_buffer(RING_BYTES);
    request->cmd = XEN_SYSCTL_readconsole;
    request->u.readconsole.clear = (uint8_t)clear;
    request->u.readconsole.count = RING_BYTES;
    set_xen_guest_handle(request->u.readconsole.buffer, text);
    rc = sysctl_send(request);
    if (rc < 0) {
        fprintf(stderr, "xen-dmesg: %s\n", strerror(-rc));
        return 1;
    }
    fwrite(text, 1, request->u.readconsole.count, stdout);
    return 0;
}
