/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Applying or reverting several payloads: in one stop of the pCPUs where the
 * hypervisor can do that, one after the other where it cannot.
 */
#ifndef XEN_LIVEPATCH_ACTION_SET_H
#define XEN_LIVEPATCH_ACTION_SET_H

#include "hypervisor/payload.h"
#include "session/session.h"

struct action_set {
    enum payload_action which; /* PAYLOAD_APPLY or PAYLOAD_REVERT */
    char *const *names;        /* checked; APPLY: in this order */
    size_t nr;
    uint32_t flags; /* PAYLOAD_APPLY_NODEPS */
};

/*
 * Do it, with options as action_run() has them. Payloads that are in the wanted
 * state already are left out. In one stop: all or none. One after the other:
 * the first failure is the end, and what was done before it stays; REVERT then
 * goes from the newest of the stack to the oldest.
 */
enum outcome action_set_run(struct session *session,
                            const struct action_set *set);

#endif
