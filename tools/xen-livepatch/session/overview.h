/* SPDX-License-Identifier: GPL-2.0 */
/*
 * All that the hypervisor tells at once: what it is and which payloads it has.
 */
#ifndef XEN_LIVEPATCH_OVERVIEW_H
#define XEN_LIVEPATCH_OVERVIEW_H

#include "hypervisor/hypervisor_identity.h"
#include "hypervisor/livepatch_list.h"
#include "session/session.h"

struct overview {
    struct hypervisor_identity identity;
    bool is_identified; /* false: not even that was told */
    struct payload_list list;
};

/*
 * Take it for the verb `verb`, connecting first and trying again what was busy.
 * OUTCOME_DONE with *overview, to be freed with overview_free(); or another
 * outcome after saying why, with nothing but the identity, if that was told.
 */
enum outcome overview_take(struct session *session, const char *verb,
                           struct overview *overview);
void overview_free(struct overview *overview);

/* The payloads in that state. */
size_t overview_count(const struct overview *overview,
                      enum payload_state state);

#endif
