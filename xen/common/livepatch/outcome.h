/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How an action ended, in words and in the history.
 */
#ifndef LP_OUTCOME_H
#define LP_OUTCOME_H

#include "rendezvous.h"
#include "step.h"

/* Of an action that came to its stop, or was late for it. */
void lp_outcome_tell(const struct lp_action *action,
                     const struct lp_rendezvous_report *report);

/* Of one that nothing forbids and that is not done. */
void lp_outcome_tell_dry_run(const struct lp_action *action);

/* Of one that a pre hook forbade: action->culprit's payload. */
void lp_outcome_tell_veto(const struct lp_action *action);

#endif
