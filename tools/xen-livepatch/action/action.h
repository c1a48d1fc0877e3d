/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Doing one of the four actions on a loaded payload: ask for the state, send
 * the action, wait for its end, say how it ended.
 */
#ifndef XEN_LIVEPATCH_ACTION_H
#define XEN_LIVEPATCH_ACTION_H

#include "hypervisor/payload.h"
#include "session/session.h"

/* What there is to know of each of the four. */
struct action_kind {
    const char *verb;
    const char *announcement; /* goes before the payload's name */
    enum request request;
    enum payload_state required; /* the state that it starts from */
    enum payload_state target;   /* the state that it leads to */
};

const struct action_kind *action_kind_of(enum payload_action which);

/*
 * Do the action `which` on the payload `name`, already checked, with `flags`
 * (PAYLOAD_APPLY_NODEPS). Gives the pCPUs options.timeout_ns to meet, tries
 * again what was busy options.nr_retries times; a dry run ends before anything
 * is sent that changes something. Prints progress and outcome; a
 * payload that is in the state that the action leads to already is
 * OUTCOME_DONE.
 */
enum outcome action_run(struct session *session, enum payload_action which,
                        const char *name, uint32_t flags);

#endif
