// SPDX-License-Identifier: GPL-2.0
/*
 * Puts the steps in order, has them looked over, and carries them out. What is
 * told of it - to the log, to the history - is outcome.c's.
 */
#include "action.h"

#include <xen/cache.h>
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/xmalloc.h>

#include "delay.h"
#include "hooks.h"
#include "load.h"
#include "log.h"
#include "milliseconds.h"
#include "outcome.h"
#include "preflight.h"
#include "state.h"
#include "stop.h"
#include "text_view.h"

/* How long the pCPUs may take to gather unless the caller or the boot option
 * livepatch_timeout= (ms) says otherwise. */
static s_time_t __ro_after_init default_timeout_ns = MILLISECS(30);

static int parse_timeout(const char *value)
{
    return lp_milliseconds_parse(value, &default_timeout_ns);
}
custom_param("livepatch_timeout", parse_timeout);

/* The least that pCPUs get for the stop that a post hook asks for: a hook,
 * which cannot come back later, is not to fail because the machine is busy. */
#define HOOK_TIMEOUT_NS SECONDS(1)

/* ---- the stop ---------------------------------------------------------- */

/* What each payload that is applied will replace, on what comes before it. */
static void save_old(struct registry_locked locked,
                     const struct lp_action *action)
{
    for (unsigned int i = 0; i < action->nr; i++) {
        if (action->step[i].is_apply) {
            lp_text_view_save_old(locked, action, i);
        }
    }
}

/* Moves one payload to where its step has left it. */
static void account_step(struct registry_locked locked,
                         const struct lp_step *step)
{
    struct lp_payload *payload = step->payload;
    const bool is_spent = payload->has_run && !payload->reappliable;

    if (step->is_in_force && step->is_apply) {
        lp_state_move(payload, LP_EVENT_DONE);
        lp_registry_push(locked, payload);
        payload->apply_time = NOW();
    } else if (step->is_in_force) {
        lp_state_move(payload, LP_EVENT_FAILED);
    } else if (step->is_apply) {
        lp_state_move(payload, is_spent ? LP_EVENT_SPENT : LP_EVENT_FAILED);
    } else {
        lp_state_move(payload, is_spent ? LP_EVENT_SPENT : LP_EVENT_DONE);
        lp_registry_pop(locked, payload);
    }
}

static void set_rc(const struct lp_action *action)
{
    for (unsigned int i = 0; i < action->nr; i++) {
        action->step[i].payload->rc = action->rc;
    }
}

/* All steps, or none. */
static void make_stop(struct registry_locked locked, struct lp_action *action)
{
    struct lp_rendezvous_report report;

    save_old(locked, action);
    for (unsigned int i = 0; i < action->nr; i++) {
        const struct lp_step *step = &action->step[i];

        lp_state_move(step->payload,
                      step->is_apply ? LP_EVENT_APPLY : LP_EVENT_REVERT);
    }
    lp_stop_run(action,
                action->timeout_ns ? action->timeout_ns : default_timeout_ns,
                &report);
    if (!action->is_by_hook) {
        set_rc(action);
    }
    for (unsigned int i = 0; i < action->nr; i++) {
        account_step(locked, &action->step[i]);
    }
    lp_delay_at(LP_DELAY_TELL);
    lp_outcome_tell(action, &report);
}

/* ---- what comes before and after it ------------------------------------ */

/* Pre hooks in order, up to the one that says no: how many said yes. */
static unsigned int ask_pre_hooks(struct lp_action *action)
{
    for (unsigned int i = 0; i < action->nr; i++) {
        const struct lp_step *step = &action->step[i];

        action->rc =
            lp_hooks_ask(step->payload,
                         step->is_apply ? LP_HOOK_PREAPPLY : LP_HOOK_PREREVERT);
        if (action->rc) {
            action->culprit = i;
            return i;
        }
    }
    return action->nr;
}

/* A post hook has something to see when steps were made, or else something to
 * undo: what its own pre hook, which has said yes, did. */
static void tell_post_hook(const struct lp_step *step, bool has_run)
{
    const enum lp_hook pre =
        step->is_apply ? LP_HOOK_PREAPPLY : LP_HOOK_PREREVERT;

    if (has_run || lp_hooks_has(step->payload, pre)) {
        lp_hooks_tell(step->payload,
                      step->is_apply ? LP_HOOK_POSTAPPLY : LP_HOOK_POSTREVERT);
    }
}

/* Those of the first nr steps; backwards when it did not go well. */
static void tell_post_hooks(const struct lp_action *action, unsigned int nr,
                            bool has_run)
{
    for (unsigned int i = 0; i < nr; i++) {
        tell_post_hook(&action->step[action->rc ? nr - 1 - i : i], has_run);
    }
}

/* The action whose hooks are running, under the registry lock: what a post
 * hook asks for is part of it. */
static const struct lp_action *under_way;

/* An action that is done; the veto, or 0. */
static int carry_out(struct registry_locked locked, struct lp_action *action)
{
    const unsigned int nr_asked = ask_pre_hooks(action);
    const int veto = action->rc;
    bool has_run = false;

    under_way = action;
    if (veto) {
        set_rc(action);
        lp_outcome_tell_veto(action);
    } else {
        make_stop(locked, action);
        has_run = action->rc == 0 || action->culprit != LP_NO_STEP;
    }
    tell_post_hooks(action, nr_asked, has_run);
    under_way = NULL;
    return veto;
}

/* Hooks of the steps that would be asked, and could say no. */
static unsigned int count_askable(const struct lp_action *action)
{
    unsigned int nr = 0;

    for (unsigned int i = 0; i < action->nr; i++) {
        const struct lp_step *step = &action->step[i];
        const enum lp_hook pre =
            step->is_apply ? LP_HOOK_PREAPPLY : LP_HOOK_PREREVERT;
        const enum lp_hook in_stop =
            step->is_apply ? LP_HOOK_APPLY : LP_HOOK_REVERT;

        nr += lp_hooks_has(step->payload, pre) +
              lp_hooks_has(step->payload, in_stop);
    }
    return nr;
}

/* An action that nothing forbids; the veto, or 0. */
static int act(struct registry_locked locked, struct lp_action *action)
{
    if (action->is_dry_run) {
        action->nr_unasked = count_askable(action);
        lp_outcome_tell_dry_run(action);
        return 0;
    }
    return carry_out(locked, action);
}

/* ---- the actions ------------------------------------------------------- */

/* Before anything is known of it. */
static void begin(struct lp_action *action, bool is_apply)
{
    action->about = action->step[0].payload;
    action->culprit = LP_NO_STEP;
    action->rc = 0;
    action->nr_unasked = 0;
    for (unsigned int i = 0; i < action->nr; i++) {
        action->step[i].is_apply = is_apply;
    }
}

/* Reverts of the newest nr payloads of the stack, newest first. */
static void fill_reverts(struct registry_locked locked, struct lp_step *step,
                         unsigned int nr)
{
    struct lp_payload *applied = lp_registry_top(locked);

    for (unsigned int i = 0; i < nr; i++) {
        step[i] = (struct lp_step){.payload = applied};
        applied = lp_registry_below(locked, applied);
    }
}

int lp_action_apply(struct registry_locked locked, struct lp_action *action)
{
    int rc;

    begin(action, true);
    rc = lp_preflight_apply(locked, action);
    return rc ? rc : act(locked, action);
}

int lp_action_revert(struct registry_locked locked, struct lp_action *action)
{
    int rc;

    begin(action, false);
    rc = lp_preflight_revert(locked, action);
    if (rc) {
        return rc;
    }
    fill_reverts(locked, action->step, action->nr);
    return act(locked, action);
}

static unsigned int count_applied(struct registry_locked locked)
{
    const struct lp_payload *applied = lp_registry_top(locked);
    unsigned int nr = 0;

    for (; applied; applied = lp_registry_below(locked, applied)) {
        nr++;
    }
    return nr;
}

/* Preflight refuses payloads with hooks around it. */
int lp_action_replace(struct registry_locked locked, struct lp_action *action)
{
    const unsigned int nr_applied = count_applied(locked);
    struct lp_action whole; /* with the reverts */
    int rc;

    begin(action, true);
    whole = *action;
    whole.nr = nr_applied + 1;
    whole.step = xmalloc_array(struct lp_step, whole.nr);
    if (!whole.step) {
        lp_err(action->about->name, "no memory to replace what is applied");
        return -ENOMEM;
    }
    fill_reverts(locked, whole.step, nr_applied);
    whole.step[nr_applied] = action->step[0];
    rc = lp_preflight_replace(locked, &whole);
    if (rc == 0) {
        rc = act(locked, &whole);
    }
    action->rc = whole.rc;
    action->culprit = whole.culprit == nr_applied ? 0 : LP_NO_STEP;
    action->nr_unasked = whole.nr_unasked;
    xfree(whole.step);
    return rc;
}

int lp_action_unload(struct registry_locked locked, struct lp_action *action)
{
    struct lp_payload *payload = action->step[0].payload;
    int rc;

    begin(action, false);
    rc = lp_preflight_unload(payload);
    if (rc) {
        action->culprit = 0;
        return rc;
    }
    if (action->is_dry_run) {
        lp_info(payload->name, "would be unloaded");
        return 0;
    }
    lp_state_move(payload, LP_EVENT_UNLOAD);
    lp_unload(locked, payload);
    return 0;
}

static int (*const actions[])(struct registry_locked locked,
                              struct lp_action *action) = {
    [LIVEPATCH_ACTION_UNLOAD] = lp_action_unload,
    [LIVEPATCH_ACTION_REVERT] = lp_action_revert,
    [LIVEPATCH_ACTION_APPLY] = lp_action_apply,
    [LIVEPATCH_ACTION_REPLACE] = lp_action_replace,
};

bool lp_action_is_known(uint32_t cmd)
{
    return cmd < ARRAY_SIZE(actions) && actions[cmd];
}

int lp_action_run(struct registry_locked locked, struct lp_action *action)
{
    if (!lp_action_is_known(action->cmd)) {
        lp_err(action->step[0].payload->name, "action %u is not supported",
               action->cmd);
        return -EOPNOTSUPP;
    }
    return actions[action->cmd](locked, action);
}

int lp_action_by_hook(struct registry_locked locked, struct lp_payload *payload,
                      bool is_apply)
{
    struct lp_step step = {.payload = payload};
    struct lp_action action = {
        .cmd = is_apply ? LIVEPATCH_ACTION_APPLY : LIVEPATCH_ACTION_REVERT,
        .timeout_ns = max(under_way->timeout_ns, HOOK_TIMEOUT_NS),
        .step = &step,
        .nr = 1,
        .is_by_hook = true,
    };
    int rc;

    begin(&action, is_apply);
    rc = is_apply ? lp_preflight_apply(locked, &action)
                  : lp_preflight_revert(locked, &action);
    if (rc) {
        return rc;
    }
    make_stop(locked, &action);
    return action.rc;
}
