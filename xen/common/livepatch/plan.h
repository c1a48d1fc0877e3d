/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A request that nothing forbids, carried out: which payloads it moves in one
 * stop, and in which order. Takes the plan of action.c, runs hooks and stop,
 * leaves each payload in its new state with the rc, and a line in the log.
 */
#ifndef LP_PLAN_H
#define LP_PLAN_H

#include "preflight.h"
#include "text_view.h"
#include "transaction.h"

struct lp_plan {
    struct lp_step *step;
    unsigned int nr;
    struct lp_set applied; /* what it applies, in order; ... */
    bool is_bare;          /* ... after all that is applied now has gone */
    uint32_t timeout_ns;   /* 0: the default */
    const char *verb;      /* for the log: "applied", ... */
    const struct lp_payload *about; /* ... under whose name */
};

/*
 * Pre hooks in the order of the steps, up to the one that says no; the stop;
 * post hooks of those whose pre hook said yes, in the same order when all went
 * well, else in the opposite one.
 *   0      accepted; how it ended is each payload's rc
 *   else   a veto, which is each payload's rc too
 * *failed is the step that was the reason of an rc, or nr.
 */
int lp_plan_run(struct registry_locked locked, const struct lp_plan *plan,
                unsigned int *failed) __must_check;

#endif
