/* SPDX-License-Identifier: GPL-2.0 */
/*
 * May this action run now? Everything that can be known before the pCPUs stop
 * is asked here; nothing is changed.
 */
#ifndef LP_PREFLIGHT_H
#define LP_PREFLIGHT_H

#include "registry.h"
#include "step.h"

/*
 * APPLY of each step's payload on top of the one before it.
 *   -EINVAL  wrong state; twice in the action; depends on another build than
 *            what it would lie on (the one before it, the top of the stack, or
 *            the hypervisor), unless NODEPS; an expectation is malformed or not
 *            met; it changes or expects text that one before it changes by an
 *            apply hook of its own, so that nobody knows what will stand there
 *   -ERANGE  an expectation is longer than the function
 * action->culprit is the step that is the reason.
 */
int lp_preflight_apply(struct registry_locked locked,
                       struct lp_action *action) __must_check;

/*
 * REPLACE: the steps revert the whole stack and then apply one payload. As
 * APPLY on the bare hypervisor, with the text as it will be then; and
 *   -EOPNOTSUPP  this payload or one that is applied has a pre or post hook
 * action->culprit is the step that is the reason.
 */
int lp_preflight_replace(struct registry_locked locked,
                         struct lp_action *action) __must_check;

/*
 * REVERT of the steps' payloads, in whatever order.
 *   -EINVAL  wrong state; twice in the action
 *   -EBUSY   a payload that is not in the action lies above it in the stack
 * action->culprit is the step that is the reason.
 */
int lp_preflight_revert(struct registry_locked locked,
                        struct lp_action *action) __must_check;

/* -EINVAL wrong state; -EBUSY another payload refers to it. */
int lp_preflight_unload(const struct lp_payload *payload) __must_check;

#endif
