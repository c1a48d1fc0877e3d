// SPDX-License-Identifier: GPL-2.0
/*
 * Runs all steps in one stop. In it nothing is looked up and nothing printed.
 */
#include "transaction.h"

#include <xen/errno.h>
#include <xen/livepatch_payload.h>

#include "hooks.h"
#include "patch.h"

/* Nobody but the payload's hooks sees marks. */
static void __nopatch mark_all(struct lp_payload *payload,
                               enum livepatch_func_state mark)
{
    if (!lp_hooks_have_view(payload)) {
        return;
    }
    for (unsigned int i = 0; i < payload->nfuncs; i++) {
        payload->fstate[i].applied = mark;
    }
}

static bool __nopatch are_all_marked(const struct lp_payload *payload,
                                     enum livepatch_func_state mark)
{
    for (unsigned int i = 0; i < payload->nfuncs; i++) {
        if (payload->fstate[i].applied != mark) {
            return false;
        }
    }
    return true;
}

/* Lets the payload's own hook do it; its marks must bear out what it says. */
static int __nopatch ask_hook(struct lp_payload *payload, bool is_apply)
{
    const enum livepatch_func_state wanted =
        is_apply ? LIVEPATCH_FUNC_APPLIED : LIVEPATCH_FUNC_NOT_APPLIED;
    const enum livepatch_func_state before =
        is_apply ? LIVEPATCH_FUNC_NOT_APPLIED : LIVEPATCH_FUNC_APPLIED;
    int rc = lp_hooks_ask(payload, is_apply ? LP_HOOK_APPLY : LP_HOOK_REVERT);

    if (rc == 0 && !are_all_marked(payload, wanted)) {
        rc = -EINVAL;
    }
    if (rc) {
        mark_all(payload, before);
    }
    return rc;
}

static int __nopatch apply(const struct lp_step *step)
{
    if (lp_hooks_has(step->payload, LP_HOOK_APPLY)) {
        return ask_hook(step->payload, true);
    }
    lp_hooks_tell(step->payload, LP_HOOK_LOAD);
    lp_patch_write(step->payload);
    mark_all(step->payload, LIVEPATCH_FUNC_APPLIED);
    return 0;
}

static int __nopatch revert(const struct lp_step *step)
{
    if (lp_hooks_has(step->payload, LP_HOOK_REVERT)) {
        return ask_hook(step->payload, false);
    }
    lp_patch_restore(step->payload);
    lp_hooks_tell(step->payload, LP_HOOK_UNLOAD);
    mark_all(step->payload, LIVEPATCH_FUNC_NOT_APPLIED);
    return 0;
}

static int __nopatch run_step(struct lp_step *step)
{
    const int rc = step->is_apply ? apply(step) : revert(step);

    if (rc == 0) {
        step->is_in_force = step->is_apply;
    }
    return rc;
}

/* False when a hook would not: then the steps before it, on which this one
 * lies, stay done too. */
static bool __nopatch undo_step(struct lp_step *step)
{
    const int rc = step->is_apply ? revert(step) : apply(step);

    if (rc == 0) {
        step->is_in_force = !step->is_apply;
    }
    return rc == 0;
}

/* The work of the leader while all others stand still. */
static int __nopatch run_steps(void *arg)
{
    struct lp_transaction *transaction = arg;
    unsigned int done = 0;
    int rc = 0;

    while (done < transaction->nr) {
        rc = run_step(&transaction->step[done]);
        if (rc) {
            transaction->failed = done;
            break;
        }
        done++;
    }
    while (rc && done > 0 && undo_step(&transaction->step[done - 1])) {
        done--;
    }
    return rc;
}

int lp_transaction_run(struct lp_transaction *transaction, s_time_t timeout_ns)
{
    transaction->failed = transaction->nr;
    for (unsigned int i = 0; i < transaction->nr; i++) {
        transaction->step[i].is_in_force = !transaction->step[i].is_apply;
    }
    return lp_rendezvous_run(run_steps, transaction, timeout_ns,
                             &transaction->report);
}
