/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Live patching as a program sees it: the hypervisor's operations with names
 * and payloads in ordinary memory. Copies them to where the hypervisor can
 * read them and knows nothing of the wire. Every function gives 0 or -errno:
 * the hypervisor's own, or -ENOMEM when memory for the call is lacking.
 */
#ifndef XEN_LIVEPATCH_LIVEPATCH_CLIENT_H
#define XEN_LIVEPATCH_LIVEPATCH_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hypervisor/payload.h"
#include "hypervisor/sysctl_wire.h"

struct livepatch_client {
    struct wire wire;
};

/* -errno of hypercall_open(). After 0 close with client_close(). */
int client_open(struct livepatch_client *client);
void client_close(struct livepatch_client *client);

/* To be called once, before all that follows: wire_find_version(). */
int client_find_version(struct livepatch_client *client);

/*
 * `name` is NUL-terminated and at most PAYLOAD_NAME_LENGTH_MAX bytes long in
 * all three; a longer one is -EINVAL without a hypercall.
 */

struct client_upload {
    const void *bytes;
    size_t nr_bytes;
    bool is_forced; /* skip what the hypervisor lets be skipped */
};

/* Synchronous: after 0 the payload is in state CHECKED. */
int client_upload(struct livepatch_client *client, const char *name,
                  const struct client_upload *payload);

/* -ENOENT: no payload of that name. */
int client_get(struct livepatch_client *client, const char *name,
               struct payload_status *status);

/* 0 says that the action was accepted; client_get() tells how it ends. */
int client_action(struct livepatch_client *client, const char *name,
                  const struct wire_action *action);

#endif
