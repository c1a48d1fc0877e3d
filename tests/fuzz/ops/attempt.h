/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An APPLY, REVERT or REPLACE being tried, of one payload or of a set: foreseen
 * by the model, sent with the step's luck, compared. One at a time.
 */
#ifndef FUZZ_OPS_ATTEMPT_H
#define FUZZ_OPS_ATTEMPT_H

#include "run.h"

/* An action under way: as it should go, and as it went. */
struct attempt {
    struct run *run;
    const struct script_step *step;
    struct model_request request;
    struct model next; /* when it has gone as foreseen */
    struct model_answer answer;
    uint32_t timeout;
    int rc; /* what was answered */
    bool has_failed;
};

extern struct attempt attempt;

/* Forgets the last one. */
void attempt_start(struct run *run, const struct script_step *step,
                   uint32_t timeout);

/* Asks the model about attempt.request, and sends it. */
void attempt_send(struct xen_sysctl_livepatch_op *op);

/* The answer and the calls of hooks are as foreseen; when a service failed,
 * nothing is done. */
void attempt_judge(const char *what);

/* The calls of hooks alone. */
void attempt_compare_calls(void);

/* A set may have no memory for its names: nobody is told then whose it was. */
bool attempt_is_before_the_names(void);

/* Makes the model what it should be now, with what the history and the account
 * of stops should say. */
void attempt_account(const char *name, unsigned int nr_payloads);

#endif
