/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One request to change what is in force, from start to end: may it run, pre
 * hooks, one stop for all of its payloads, accounts, post hooks.
 *
 * A request that preflight refuses gets its errno, and nothing changes. One
 * that is accepted returns 0; how it ended is the payloads' rc, and
 * action->rc: 0, or -EBUSY when not every pCPU came to the rendezvous in time,
 * or what an apply or revert hook said (-EINVAL: it said what the text does not
 * bear out); each payload is then where it was. A pre hook's veto is both the
 * answer and the rc. Post hooks run whenever the pre hook of the same payload
 * let the action go on. action->culprit is the step that was the reason.
 *
 * A dry run (action->is_dry_run) is looked over in the same way: what it gives
 * is what the action would have been answered with, but for a hook's veto.
 * action->nr_unasked pre, apply and revert hooks would have been asked, and
 * could have said no. Nothing changes.
 */
#ifndef LP_ACTION_H
#define LP_ACTION_H

#include "registry.h"
#include "step.h"

/*
 * APPLY in the order of the steps, REVERT newest first, in whatever order the
 * steps name the payloads. Pre hooks run in the order of the stop, up to the
 * one that says no; post hooks too when all went well, else in the opposite
 * order. What preflight says, or a veto.
 */
int lp_action_apply(struct registry_locked locked,
                    struct lp_action *action) __must_check;
int lp_action_revert(struct registry_locked locked,
                     struct lp_action *action) __must_check;

/* Reverts everything that is applied and applies the payload of the one step,
 * in one stop. What preflight says, or -ENOMEM. Of one of those that it would
 * revert no step here says that it was the reason. */
int lp_action_replace(struct registry_locked locked,
                      struct lp_action *action) __must_check;

/* Frees the payload of the one step. What preflight says. */
int lp_action_unload(struct registry_locked locked,
                     struct lp_action *action) __must_check;

/* The one that action->cmd says; -EOPNOTSUPP: there is no such action. */
int lp_action_run(struct registry_locked locked,
                  struct lp_action *action) __must_check;
bool lp_action_is_known(uint32_t cmd);

/*
 * For a post hook of the payload: puts it in force or takes it out of force,
 * in a stop of its own with the action's deadline, without asking any further
 * hook but the load or unload hooks. 0, and the payload's rc is left alone;
 * what preflight says, or -EBUSY.
 */
int lp_action_by_hook(struct registry_locked locked, struct lp_payload *payload,
                      bool is_apply) __must_check;

#endif
