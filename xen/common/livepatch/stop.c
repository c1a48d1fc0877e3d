// SPDX-License-Identifier: GPL-2.0
/*
 * The leader's work while all others stand still. In it nothing is looked up,
 * nothing printed and nothing allocated.
 */
#include "stop.h"

#include <xen/errno.h>
#include <xen/livepatch_payload.h>

#include "hooks.h"
#include "patch.h"
#include "watch.h"

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

/* What no hook takes the place of; is_written tells that it is done. */
static void __nopatch put(struct lp_payload *payload)
{
    s_time_t held;

    lp_hooks_tell(payload, LP_HOOK_LOAD);
    held = lp_watch_hold();
    lp_patch_write(payload);
    lp_watch_release(held);
    payload->is_written = true;
    payload->has_run = true;
}

static void __nopatch take(struct lp_payload *payload)
{
    const s_time_t held = lp_watch_hold();

    lp_patch_restore(payload);
    lp_watch_release(held);
    payload->is_written = false;
    lp_hooks_tell(payload, LP_HOOK_UNLOAD);
}

void __nopatch lp_stop_put_in_force(struct lp_payload *payload)
{
    if (!payload->is_written) {
        put(payload);
    }
    mark_all(payload, LIVEPATCH_FUNC_APPLIED);
}

void __nopatch lp_stop_take_out_of_force(struct lp_payload *payload)
{
    if (payload->is_written) {
        take(payload);
    }
    mark_all(payload, LIVEPATCH_FUNC_NOT_APPLIED);
}

/* An apply hook may have had its reasons to leave the text alone; a revert hook
 * that leaves new bytes there, where there are any, has not reverted. */
static bool __nopatch is_borne_out(const struct lp_payload *payload,
                                   bool is_apply)
{
    if (payload->is_written && payload->nfuncs && !is_apply) {
        return false;
    }
    return are_all_marked(payload, is_apply ? LIVEPATCH_FUNC_APPLIED
                                            : LIVEPATCH_FUNC_NOT_APPLIED) &&
           lp_patch_stands(payload, payload->is_written);
}

/* Puts text and marks back to what a hook that failed found. */
static void __nopatch put_back(struct lp_payload *payload, bool was_written,
                               bool is_apply)
{
    if (was_written) {
        lp_stop_put_in_force(payload);
    } else {
        lp_stop_take_out_of_force(payload);
    }
    mark_all(payload,
             is_apply ? LIVEPATCH_FUNC_NOT_APPLIED : LIVEPATCH_FUNC_APPLIED);
}

/* Lets the payload's own hook do it. */
static int __nopatch ask_hook(struct lp_step *step, bool is_apply)
{
    struct lp_payload *payload = step->payload;
    const bool was_written = payload->is_written;
    int rc;

    payload->has_run = true;
    rc = lp_hooks_ask(payload, is_apply ? LP_HOOK_APPLY : LP_HOOK_REVERT);
    step->is_disbelieved = rc == 0 && !is_borne_out(payload, is_apply);
    if (step->is_disbelieved) {
        rc = -EINVAL;
    }
    if (rc) {
        put_back(payload, was_written, is_apply);
    }
    return rc;
}

static bool __nopatch has_hook(const struct lp_action *action,
                               const struct lp_payload *payload, bool is_apply)
{
    return !action->is_by_hook &&
           lp_hooks_has(payload, is_apply ? LP_HOOK_APPLY : LP_HOOK_REVERT);
}

/* Brings the step's payload in or out of force. */
static int __nopatch move(const struct lp_action *action, struct lp_step *step,
                          bool is_apply)
{
    if (has_hook(action, step->payload, is_apply)) {
        const int rc = ask_hook(step, is_apply);

        if (rc) {
            return rc;
        }
    } else if (is_apply) {
        lp_stop_put_in_force(step->payload);
    } else {
        lp_stop_take_out_of_force(step->payload);
    }
    step->is_in_force = is_apply;
    /* What has no functions may be out of force without the default work. */
    step->payload->is_written &= is_apply;
    return 0;
}

/* A hook may undo its payload's step in another way than it was made. What lies
 * on the payload counts on the text as it was. */
static void __nopatch keep_ground(const struct lp_step *step)
{
    if (step->payload->is_written != step->was_written) {
        put_back(step->payload, step->was_written, step->is_apply);
    }
}

/* All steps; after one that fails those before it are undone, newest first, as
 * far as hooks let that happen: each lies on the one before it. */
static int __nopatch make_steps(void *arg)
{
    struct lp_action *action = arg;
    unsigned int done = 0;
    int rc = 0;

    while (rc == 0 && done < action->nr) {
        struct lp_step *step = &action->step[done];

        rc = move(action, step, step->is_apply);
        if (rc) {
            action->culprit = done;
        } else {
            done++;
        }
    }
    while (rc && done > 0) {
        struct lp_step *step = &action->step[--done];

        if (move(action, step, !step->is_apply)) {
            break;
        }
        keep_ground(step);
    }
    return rc;
}

/* True when a function of a payload may run in the stop. */
static bool has_hook_in_stop(const struct lp_action *action)
{
    for (unsigned int i = 0; i < action->nr; i++) {
        if (lp_hooks_have_in_stop(action->step[i].payload)) {
            return true;
        }
    }
    return false;
}

void lp_stop_run(struct lp_action *action, s_time_t timeout_ns,
                 struct lp_rendezvous_report *report)
{
    const bool is_watched = has_hook_in_stop(action);
    const s_time_t held = lp_watch_hold(); /* a post hook's, if any */

    for (unsigned int i = 0; i < action->nr; i++) {
        struct lp_step *step = &action->step[i];

        step->is_in_force = !step->is_apply;
        step->was_written = step->payload->is_written;
    }
    if (is_watched) {
        arch_livepatch_constants_prepare();
        lp_watch_expect(true);
    }
    action->rc = lp_rendezvous_run(make_steps, action, timeout_ns, report);
    if (is_watched) {
        lp_watch_expect(false);
    }
    lp_watch_release(held);
}
