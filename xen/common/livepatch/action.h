/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One request to change what is in force, from start to end.
 *
 * A request that preflight refuses gets its errno, and nothing changes. One
 * that is accepted returns 0; how it ended is the payload's rc: 0, or -EBUSY
 * when not every pCPU came to the rendezvous in time, -ENOMEM, -EINVAL when
 * the text could not be mapped, or what an apply or revert hook said; the state
 * is unchanged then. A pre hook's veto is both the answer and the rc. Post
 * hooks run whenever the pre hook of the same action let it go on.
 */
#ifndef LP_ACTION_H
#define LP_ACTION_H

#include "registry.h"

/* timeout_ns bounds the gathering of the pCPUs; 0: the default. */
struct lp_action {
    uint32_t timeout_ns;
    uint32_t flags; /* LIVEPATCH_ACTION_APPLY_* */
};

int lp_action_apply(struct registry_locked locked, struct lp_payload *payload,
                    const struct lp_action *action) __must_check;
int lp_action_revert(struct registry_locked locked, struct lp_payload *payload,
                     const struct lp_action *action) __must_check;

/* Reverts everything that is applied and applies the payload, in one stop. */
int lp_action_replace(struct registry_locked locked, struct lp_payload *payload,
                      const struct lp_action *action) __must_check;

/* Frees the payload. */
int lp_action_unload(struct registry_locked locked, struct lp_payload *payload,
                     const struct lp_action *action) __must_check;

#endif
