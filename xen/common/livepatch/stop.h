/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The steps of an action, made in one stop of the pCPUs: all of them, or none.
 *
 * What a step is: load hooks and then the new bytes, or the old bytes and then
 * unload hooks; an apply or revert hook that the payload has takes the place
 * of all that, and may ask for it (<xen/livepatch_payload.h>). What such a hook
 * claims is compared with the text before it is believed.
 */
#ifndef LP_STOP_H
#define LP_STOP_H

#include "rendezvous.h"
#include "step.h"

/*
 * Makes the steps in their order. Fills each step's is_in_force, action->rc
 * and action->culprit, and *report:
 *   0        each step is made
 *   -EBUSY   not all pCPUs came in timeout_ns, or one comes or goes: nothing
 *            was run
 *   else     what an apply or revert hook said; -EINVAL: it said 0 and left
 *            entries unmarked, or the text otherwise. The steps before it were
 *            undone
 * A step that is undone leaves the text as it was before, whatever its hook
 * made of it: other payloads may lie on it. A hook that will not undo its
 * payload's step leaves it, and those of the steps before it, as they are.
 */
void lp_stop_run(struct lp_action *action, s_time_t timeout_ns,
                 struct lp_rendezvous_report *report);

/*
 * In the stop: what a step does that no hook takes the place of, with the
 * entries marked as it leaves them. Nothing is done that is done already.
 */
void lp_stop_put_in_force(struct lp_payload *payload);
void lp_stop_take_out_of_force(struct lp_payload *payload);

#endif
