/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The operations on one payload: lay the name (and the payload) in memory that
 * the hypervisor can reach, send one request, give the memory back. Listing is
 * in livepatch_list.c.
 */
#include "hypervisor/livepatch_client.h"

#include <errno.h>
#include <string.h>

int client_open(struct livepatch_client *client)
{
    return hypercall_open(&client->wire.hypercall);
}

void client_close(struct livepatch_client *client)
{
    hypercall_close(client->wire.hypercall);
}

int client_find_version(struct livepatch_client *client)
{
    return wire_find_version(client->wire.hypercall, &client->wire);
}

/* After 0 the caller owes release_name(). */
static int share_name(struct livepatch_client *client, const char *name,
                      struct wire_name *shared)
{
    size_t length = strlen(name);
    char *buffer;

    if (length > PAYLOAD_NAME_LENGTH_MAX) {
        return -EINVAL;
    }
    buffer = hypercall_alloc(client->wire.hypercall, length + 1);
    if (!buffer) {
        return -ENOMEM;
    }
    memcpy(buffer, name, length + 1);
    shared->buffer = buffer;
    shared->bytes = (uint16_t)(length + 1);
    return 0;
}

static void release_name(struct livepatch_client *client,
                         struct wire_name shared)
{
    hypercall_free(client->wire.hypercall, shared.buffer);
}

int client_upload(struct livepatch_client *client, const char *name,
                  const struct client_upload *payload)
{
    struct wire_upload request = {.payload_bytes = payload->nr_bytes,
                                  .is_forced = payload->is_forced};
    struct wire_name shared;
    int rc = share_name(client, name, &shared);

    if (rc) {
        return rc;
    }
    request.payload_buffer =
        hypercall_alloc(client->wire.hypercall, payload->nr_bytes);
    if (!request.payload_buffer) {
        rc = -ENOMEM;
        goto release;
    }
    memcpy(request.payload_buffer, payload->bytes, payload->nr_bytes);
    rc = wire_upload(&client->wire, shared, &request);
    hypercall_free(client->wire.hypercall, request.payload_buffer);
release:
    release_name(client, shared);
    return rc;
}

int client_get(struct livepatch_client *client, const char *name,
               struct payload_status *status)
{
    struct wire_name shared;
    int rc = share_name(client, name, &shared);

    if (rc) {
        return rc;
    }
    rc = wire_get(&client->wire, shared, status);
    release_name(client, shared);
    return rc;
}

int client_action(struct livepatch_client *client, const char *name,
                  const struct wire_action *action)
{
    struct wire_name shared;
    int rc = share_name(client, name, &shared);

    if (rc) {
        return rc;
    }
    rc = wire_action(&client->wire, shared, action);
    release_name(client, shared);
    return rc;
}
