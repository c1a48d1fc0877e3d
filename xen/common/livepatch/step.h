/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words of an action: a request to change what is in force, and the steps
 * that it takes, one payload each. An action is filled by whoever asks, goes
 * down through preflight and stop, and comes back with how it ended.
 */
#ifndef LP_STEP_H
#define LP_STEP_H

#include <xen/time.h>

#include "payload.h"

struct lp_step {
    struct lp_payload *payload;
    bool is_apply;       /* or a revert */
    bool was_written;    /* the payload's default work was done before */
    bool is_in_force;    /* the payload, after the stop */
    bool is_disbelieved; /* its hook said 0, and the text something else */
};

#define LP_NO_STEP (~0u)

struct lp_action {
    uint32_t cmd;         /* LIVEPATCH_ACTION_*: one of the four */
    uint32_t flags;       /* LIVEPATCH_ACTION_APPLY_* */
    s_time_t timeout_ns;  /* bounds the gathering of pCPUs; 0: the default */
    struct lp_step *step; /* the caller's; nr of them */
    unsigned int nr;
    bool is_by_hook; /* a post hook asks: no other hook is in the way */
    bool is_dry_run; /* it is looked over, and nothing is done */

    /* How it went. */
    const struct lp_payload *about; /* whom messages name */
    unsigned int culprit;    /* the step that was the reason, or LP_NO_STEP */
    int rc;                  /* of each payload, if the action was accepted */
    unsigned int nr_unasked; /* of a dry run: hooks that could have said no */
};

#endif
