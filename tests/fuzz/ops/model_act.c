// SPDX-License-Identifier: GPL-2.0
/*
 * What an accepted APPLY, REVERT or REPLACE does: pre hooks, the steps of the
 * stop with their undoing, where every payload stands then, post hooks.
 */
#include <string.h>

#include <xen/errno.h>

#include "model_hook.h"

static struct model_payload *payload_of(const struct model_action *action,
                                        const struct model_step *step)
{
    return &action->model->payload[step->which];
}

/* ---- the stop ----------------------------------------------------------- */

/* What a hook says when it says 0: all marks are as they should be, and no new
 * function stands after a revert. */
static bool is_borne_out(const struct model_payload *payload, bool is_apply)
{
    if (is_apply) {
        return payload->marks == model_all_marks(payload);
    }
    return payload->marks == 0 &&
           !(payload->is_in_text && payload->recipe.nr_functions);
}

/* Whatever a hook that failed has done to the text is undone. */
static void put_back(struct model_action *action, unsigned int which,
                     bool was_in_text)
{
    struct model_payload *payload = &action->model->payload[which];

    if (was_in_text) {
        model_put(action, which);
    } else {
        model_take(action, which);
    }
    payload->marks = payload->is_applied ? model_all_marks(payload) : 0;
}

static int ask_action(struct model_action *action, unsigned int which,
                      bool is_apply)
{
    struct model_payload *payload = &action->model->payload[which];
    const bool was_in_text = payload->is_in_text;
    int rc;

    payload->has_stood = true; /* its code runs */
    rc = model_ask(action, which, is_apply ? HOOK_APPLY : HOOK_REVERT);

    if (rc == 0 && !is_borne_out(payload, is_apply)) {
        rc = -EINVAL;
    }
    if (rc) {
        put_back(action, which, was_in_text);
    }
    return rc;
}

/* A payload that comes into force lies on the others from the start: what its
 * hook does is seen by those that it calls. */
static int move(struct model_action *action, unsigned int which, bool is_apply)
{
    struct model_payload *payload = &action->model->payload[which];
    int rc = 0;

    if (is_apply) {
        order_push(&action->model->stack, which);
    }
    if (model_has_hook(payload, is_apply ? HOOK_APPLY : HOOK_REVERT)) {
        rc = ask_action(action, which, is_apply);
    } else if (is_apply) {
        model_put(action, which);
    } else {
        model_take(action, which);
    }
    if (rc == 0) {
        payload->is_applied = is_apply;
        payload->has_stood |= is_apply;
        payload->is_in_text &= is_apply;
    }
    if (!payload->is_applied) {
        order_remove(&action->model->stack, which);
    }
    return rc;
}

/* Takes the first `done` steps back, newest first, until a hook will not. The
 * text is then as it was, whatever the hooks made of it. */
static void undo(struct model_action *action, unsigned int done)
{
    while (done-- > 0) {
        const struct model_step *step = &action->step[done];

        if (move(action, step->which, !step->is_apply)) {
            return;
        }
        if (payload_of(action, step)->is_in_text != step->was_in_text) {
            put_back(action, step->which, step->was_in_text);
        }
    }
}

static int run_steps(struct model_action *action)
{
    for (unsigned int i = 0; i < action->nr; i++) {
        action->step[i].was_in_text =
            payload_of(action, &action->step[i])->is_in_text;
    }
    for (unsigned int i = 0; i < action->nr; i++) {
        const struct model_step *step = &action->step[i];
        const int rc = move(action, step->which, step->is_apply);

        if (rc) {
            action->answer->failed = i;
            undo(action, i);
            return rc;
        }
    }
    return 0;
}

static int stop(struct model_action *action, enum model_luck luck)
{
    struct model_answer *answer = action->answer;

    answer->is_late = luck == LUCK_LATE;
    answer->has_stopped = luck == LUCK_GOOD;
    answer->nr_missed = answer->is_late;
    answer->nr_stops = answer->has_stopped;
    return luck == LUCK_GOOD ? run_steps(action) : -EBUSY;
}

/* ---- what comes before and after it ------------------------------------- */

static void set_rc(struct model_action *action, int rc)
{
    action->answer->rc = rc;
    for (unsigned int i = 0; i < action->nr; i++) {
        payload_of(action, &action->step[i])->rc = rc;
        model_settle(action->model, action->step[i].which);
    }
}

static void tell_post(struct model_action *action, unsigned int nr,
                      bool is_backwards)
{
    for (unsigned int i = 0; i < nr; i++) {
        const struct model_step *step =
            &action->step[is_backwards ? nr - 1 - i : i];

        if (action->answer->has_stopped ||
            model_has_hook(payload_of(action, step),
                           step->is_apply ? HOOK_PREAPPLY : HOOK_PREREVERT)) {
            model_tell(action, step->which,
                       step->is_apply ? HOOK_POSTAPPLY : HOOK_POSTREVERT);
        }
    }
}

static int ask_pre(struct model_action *action, unsigned int *nr_asked)
{
    int rc = 0;

    for (*nr_asked = 0; *nr_asked < action->nr; ++*nr_asked) {
        const struct model_step *step = &action->step[*nr_asked];

        rc = model_ask(action, step->which,
                       step->is_apply ? HOOK_PREAPPLY : HOOK_PREREVERT);
        if (rc) {
            break;
        }
    }
    return rc;
}

static void run(struct model_action *action, enum model_luck luck)
{
    unsigned int nr_asked;
    const int veto = ask_pre(action, &nr_asked);

    action->answer->veto = veto;
    if (veto) {
        action->answer->failed = nr_asked;
        set_rc(action, veto);
    } else {
        set_rc(action, stop(action, luck));
    }
    tell_post(action, nr_asked, action->answer->rc != 0);
}

/* ---- the request -------------------------------------------------------- */

static void add_step(struct model_action *action, unsigned int which,
                     bool is_apply)
{
    action->step[action->nr++] =
        (struct model_step){.which = which, .is_apply = is_apply};
    action->answer->nr_functions +=
        action->model->payload[which].recipe.nr_functions;
}

/* The newest nr payloads of the stack, newest first. */
static void add_reverts(struct model_action *action, unsigned int nr)
{
    const struct model_order *stack = &action->model->stack;

    for (unsigned int i = 0; i < nr; i++) {
        add_step(action, stack->at[stack->nr - 1 - i], false);
    }
}

/* From the number of a step to that of the payload in the request. */
static unsigned int index_in(const struct model_request *request,
                             const struct model_action *action)
{
    unsigned int i = 0;

    if (action->answer->failed >= action->nr) {
        return request->set.nr;
    }
    while (i < request->set.nr &&
           request->set.at[i] != action->step[action->answer->failed].which) {
        i++;
    }
    return i;
}

static void plan_steps(struct model_action *action,
                       const struct model_request *request)
{
    const struct model_order *set = &request->set;

    if (request->cmd == LIVEPATCH_ACTION_REVERT) {
        add_reverts(action, set->nr);
        return;
    }
    if (request->cmd == LIVEPATCH_ACTION_REPLACE) {
        add_reverts(action, action->model->stack.nr);
    }
    for (unsigned int i = 0; i < set->nr; i++) {
        add_step(action, set->at[i], true);
    }
}

void model_act(struct model *model, const struct model_request *request,
               struct model_answer *answer)
{
    struct model_action action = {.model = model, .answer = answer};

    *answer = (struct model_answer){.failed = request->set.nr};
    model_check_action(model, request, &answer->reasons, &answer->failed);
    if (answer->reasons.nr) {
        return;
    }
    plan_steps(&action, request);
    answer->nr_steps = action.nr;
    answer->failed = action.nr;
    run(&action, request->luck);
    answer->failed = index_in(request, &action);
}
