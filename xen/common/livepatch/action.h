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
 *
 * A request may be about several payloads, which it applies or reverts in one
 * stop: all of them, or none. The rc of each is then the same.
 */
#ifndef LP_ACTION_H
#define LP_ACTION_H

#include "preflight.h"

/* timeout_ns bounds the gathering of the pCPUs; 0: the default. */
struct lp_action {
    uint32_t timeout_ns;
    uint32_t flags; /* LIVEPATCH_ACTION_APPLY_* */
};

/* How a request about a set ended, whatever was answered. */
struct lp_set_outcome {
    int rc;              /* of each payload, if the request was accepted */
    unsigned int failed; /* the payload that was the reason, or nr */
};

/*
 * APPLY in the order of the set, REVERT newest first. Pre hooks run in that
 * order, up to the one that says no; post hooks too when all went well, else
 * in the opposite order. What preflight says, a veto, or -ENOMEM.
 */
int lp_action_apply_set(struct registry_locked locked, const struct lp_set *set,
                        const struct lp_action *action,
                        struct lp_set_outcome *outcome) __must_check;
int lp_action_revert_set(struct registry_locked locked,
                         const struct lp_set *set,
                         const struct lp_action *action,
                         struct lp_set_outcome *outcome) __must_check;

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
