/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What this project's hypervisor offers beyond Xen's live-patching operations:
 * sets of payloads in one stop, its memory of this boot, how long the pCPUs
 * stood still, and what a request would be answered with (what it knows of each
 * payload: extension_payloads.h). Copies it to and from memory that the
 * hypervisor reaches. Every function that asks gives 0 or -errno: -EOPNOTSUPP
 * from a hypervisor without it (stock Xen), -ENOMEM when memory for the call is
 * lacking, or the hypervisor's own.
 */
#ifndef XEN_LIVEPATCH_EXTENSION_H
#define XEN_LIVEPATCH_EXTENSION_H

#include <stdbool.h>

#include "hypervisor/livepatch_client.h"
#include "livepatch_ext.h"

/*
 * A time of the hypervisor, ns since its start, as ms since 1970, where it was
 * `now_ns` there and `now_ms` here at one moment. A later one is that moment.
 */
int64_t extension_wall_ms(uint64_t ns, uint64_t now_ns, int64_t now_ms);

/* The number that the hypervisor's next record will have, 1 or more. */
int extension_next_record(struct livepatch_client *client, uint64_t *next);

/* Records in the order of their numbers. */
struct extension_history {
    struct livepatch_ext_record *records;
    size_t nr;
    uint64_t now_ns; /* since the hypervisor's start, when it was asked */
};

/* What it still has from number `from` on; extension_history_free() it. */
int extension_read_history(struct livepatch_client *client, uint64_t from,
                           struct extension_history *history);
void extension_history_free(struct extension_history *history);

/* All stops of this boot in a few numbers. */
int extension_read_summary(struct livepatch_client *client,
                           struct livepatch_ext_summary *summary);

struct extension_set {
    const char *const *names; /* checked; 1..LIVEPATCH_EXT_MAX_SET */
    uint32_t nr;
    struct wire_action action;
    uint32_t failed; /* OUT: index of the name that was the reason, or nr */
    int rc;          /* OUT: how it ended, when it was accepted */
};

/* 0: accepted, and over. `failed` is written in any case. */
int extension_act_on_set(struct livepatch_client *client,
                         struct extension_set *set);

/* A request that is not sent: what would it be answered with? */
struct extension_dry_run {
    uint32_t action;        /* a payload_action; 0: an upload alone */
    uint32_t flags;         /* of the action */
    bool is_answered;       /* OUT: false: the hypervisor has no dry runs */
    bool is_action_refused; /* OUT: of an upload: it would be taken */
    uint32_t failed;     /* OUT: index of the name that was the reason, or nr */
    uint32_t nr_unasked; /* OUT: hooks that may still say no */
};

/*
 * An upload and then `action` on it (0, PAYLOAD_APPLY or PAYLOAD_REPLACE); an
 * action on nr payloads that are loaded. When *is_answered, the answer is that
 * of the request itself; else -EOPNOTSUPP, or -ENOMEM.
 */
int extension_dry_run_upload(struct livepatch_client *client, const char *name,
                             const struct client_upload *payload,
                             struct extension_dry_run *dry_run);
int extension_dry_run_action(struct livepatch_client *client,
                             const char *const *names, uint32_t nr,
                             struct extension_dry_run *dry_run);

#endif
