/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Several payloads put in or out of force in one stop of the pCPUs: all of
 * them, or none. A step is one payload with a direction; steps run in order.
 */
#ifndef LP_TRANSACTION_H
#define LP_TRANSACTION_H

#include <xen/time.h>

#include "payload.h"
#include "rendezvous.h"

struct lp_step {
    struct lp_payload *payload;
    bool is_apply;    /* or a revert */
    bool is_in_force; /* the payload, after the transaction */
};

struct lp_transaction {
    struct lp_step *step;
    unsigned int nr;
    unsigned int failed; /* the step that was the reason of an error, or nr */
    struct lp_rendezvous_report report;
};

/*
 * Runs the steps. Of a step's payload: an apply or revert hook does all of the
 * work if there is one; else load hooks and then the new bytes, or the old
 * bytes and then unload hooks.
 *   0         each step is done
 *   -EBUSY    not all pCPUs came in timeout_ns: nothing was run
 *   else      what an apply or revert hook said (-EINVAL: it said 0 and left
 *             entries unmarked); the steps before it were undone
 * Whatever the result, is_in_force of each step tells where its payload is: a
 * hook that fails while it is asked to undo leaves its payload, and those of
 * the steps before it, as they are.
 */
int lp_transaction_run(struct lp_transaction *transaction,
                       s_time_t timeout_ns) __must_check;

#endif
