/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which hypervisor this is: its version and its build-id, asked of itself. No
 * privilege is needed for the version; the build-id may be withheld.
 */
#ifndef XEN_LIVEPATCH_HYPERVISOR_IDENTITY_H
#define XEN_LIVEPATCH_HYPERVISOR_IDENTITY_H

#include "hypervisor/livepatch_client.h"

/* A build-id has 20 bytes; larger ones are taken as not there. */
#define BUILD_ID_BYTES_MAX 64U

struct hypervisor_identity {
    unsigned int major;
    unsigned int minor;
    char extra[17]; /* such as "-pre"; any bytes */
    unsigned char build_id[BUILD_ID_BYTES_MAX];
    size_t build_id_bytes; /* 0: it has none, or does not tell */
};

/* Gives 0, or -errno when the version cannot be asked for. */
int hypervisor_identify(struct livepatch_client *client,
                        struct hypervisor_identity *identity);

#endif
