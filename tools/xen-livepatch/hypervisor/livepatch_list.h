/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One consistent listing of all payloads, in ordinary memory. Hides that the
 * hypervisor hands it out in pieces while others may load and unload.
 */
#ifndef XEN_LIVEPATCH_LIVEPATCH_LIST_H
#define XEN_LIVEPATCH_LIVEPATCH_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hypervisor/livepatch_client.h"

struct payload_entry {
    char name[PAYLOAD_NAME_LENGTH_MAX + 1];
    struct payload_status status;
    const char *metadata; /* inside the list's own memory; any bytes */
    size_t metadata_bytes;
};

struct payload_list {
    size_t nr;
    struct payload_entry *entries; /* in the order of upload */
    char *metadata;
};

/* How far the last attempt came, for the message about a failure. */
struct list_progress {
    bool is_sized; /* the number of payloads is known: nr_total is valid */
    uint32_t nr_total;
    uint32_t nr_read;
};

/*
 * Read all payloads. Gives 0 and *list, to be freed with payload_list_free(),
 * or -errno with *list untouched: the hypervisor's; -ENOMEM; -EBUSY when the
 * set changed again and again while it was read; -EBADMSG when an answer
 * contradicts itself. *progress is always written.
 */
int client_list(struct livepatch_client *client, struct payload_list *list,
                struct list_progress *progress);
void payload_list_free(struct payload_list *list);

/* The payload of this name, or NULL. */
const struct payload_entry *payload_list_find(const struct payload_list *list,
                                              const char *name);

#endif
