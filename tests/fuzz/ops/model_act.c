// SPDX-License-Identifier: GPL-2.0
/*
 * What an accepted APPLY, REVERT or REPLACE does: pre hooks, the steps of the
 * stop with their undoing, where every payload stands then, post hooks.
 */
#include "model.h"

#include <string.h>

#include <xen/errno.h>
#include <xen/kernel.h>

struct step {
    unsigned int which;
    bool is_apply;
    bool is_done;
};

struct act {
    struct model *model;
    struct model_answer *answer;
    struct step step[MODEL_PAYLOADS + 1];
    unsigned int nr;
};

static struct model_payload *payload_of(const struct act *act,
                                        const struct step *step)
{
    return &act->model->payload[step->which];
}

/* An answer as the caller is to see it. */
static int as_errno(int answer)
{
    if (answer == -EAGAIN) {
        return -EBUSY;
    }
    return answer > 0 || answer < -4095 ? -EINVAL : answer;
}

static uint32_t text_now(const struct model *model)
{
    uint8_t text[HOOK_TEXT_BYTES];

    (void)model_text_read(model, &model->stack, (unsigned long)_stext,
                          sizeof(text), text);
    return hook_checksum(text);
}

/* Load and unload hooks are shown nothing. */
static unsigned int marks_now(const struct model_payload *payload,
                              enum recipe_hook kind)
{
    return payload->is_applied && kind != HOOK_LOAD && kind != HOOK_UNLOAD
               ? payload->recipe.nr_functions
               : 0;
}

static struct hook_plan *
plan_call(struct act *act, struct model_payload *payload, enum recipe_hook kind)
{
    struct hook_plans *plans = &act->answer->hooks;
    struct hook_plan *plan = &plans->plan[plans->nr++];

    *plan = (struct hook_plan){.call = {payload->serial, kind, 0,
                                        text_now(act->model),
                                        marks_now(payload, kind)}};
    payload->calls[kind]++;
    return plan;
}

static void tell(struct act *act, struct model_payload *payload,
                 enum recipe_hook kind)
{
    for (unsigned int i = hook_count(&payload->recipe, kind); i > 0; i--) {
        struct hook_plan *plan = plan_call(act, payload, kind);

        if (kind == HOOK_POSTAPPLY || kind == HOOK_POSTREVERT) {
            plan->call.rc_seen = payload->rc;
        }
    }
}

/* Asks a hook that there is; *plan is what it does. */
static int ask(struct act *act, struct model_payload *payload,
               enum recipe_hook kind, struct hook_plan **plan)
{
    const bool refuses =
        !act->model->is_agreeable &&
        hook_refuses(&payload->recipe, kind, payload->calls[kind]);

    *plan = plan_call(act, payload, kind);
    (*plan)->nr_marks = HOOK_MARK_ALL;
    if (refuses) {
        (*plan)->answer =
            hook_refusal(&payload->recipe, kind, &(*plan)->nr_marks);
    }
    return as_errno((*plan)->answer);
}

static bool has(const struct model_payload *payload, enum recipe_hook kind)
{
    return hook_count(&payload->recipe, kind) != 0;
}

/* A pre hook's marks mean nothing, and must not be made. */
static int ask_pre(struct act *act, const struct step *step)
{
    const enum recipe_hook kind =
        step->is_apply ? HOOK_PREAPPLY : HOOK_PREREVERT;
    struct model_payload *payload = payload_of(act, step);
    struct hook_plan *plan;
    int rc;

    if (!has(payload, kind)) {
        return 0;
    }
    rc = ask(act, payload, kind, &plan);
    plan->nr_marks = 0;
    return rc;
}

/* An action hook that says 0 has marked all entries, or it has failed. */
static int ask_action(struct act *act, struct model_payload *payload,
                      enum recipe_hook kind, struct hook_plan **plan)
{
    const int rc = ask(act, payload, kind, plan);

    if (rc == 0 && (*plan)->nr_marks < payload->recipe.nr_functions) {
        return -EINVAL;
    }
    return rc;
}

/* The stack without the payload and what lies above. */
static struct model_order stack_below(const struct model *model,
                                      unsigned int which)
{
    struct model_order below = {.nr = 0};

    for (unsigned int i = 0; i < model->stack.nr && model->stack.at[i] != which;
         i++) {
        order_push(&below, model->stack.at[i]);
    }
    return below;
}

/* An apply hook may put the payload's text in place itself. */
static void plan_new_text(const struct model_payload *payload,
                          struct hook_plan *plan)
{
    for (unsigned int i = 0; i < payload->recipe.nr_functions; i++) {
        const struct model_change *change = &payload->change[i];

        plan->write[i] =
            (struct hook_write){.address = change->address, .nr = change->nr};
        memcpy(plan->write[i].bytes, change->after, change->nr);
    }
    plan->nr_writes = payload->recipe.nr_functions;
}

/* A revert hook takes it back itself. */
static void plan_old_text(const struct act *act, const struct step *step,
                          struct hook_plan *plan)
{
    const struct model_order below = stack_below(act->model, step->which);
    const struct model_payload *payload = payload_of(act, step);

    for (unsigned int i = 0; i < payload->recipe.nr_functions; i++) {
        struct hook_write *write = &plan->write[i];

        write->address = payload->change[i].address;
        write->nr = payload->change[i].nr;
        (void)model_text_read(act->model, &below, write->address, write->nr,
                              write->bytes);
    }
    plan->nr_writes = payload->recipe.nr_functions;
}

static int apply(struct act *act, const struct step *step)
{
    struct model_payload *payload = payload_of(act, step);
    struct hook_plan *plan;

    if (has(payload, HOOK_APPLY)) {
        const int rc = ask_action(act, payload, HOOK_APPLY, &plan);

        if (rc) {
            return rc;
        }
        if (payload->recipe.apply_hook_writes) {
            plan_new_text(payload, plan);
            payload->is_in_text = true;
        }
    } else {
        tell(act, payload, HOOK_LOAD);
        payload->is_in_text = true;
    }
    payload->is_applied = true;
    order_push(&act->model->stack, step->which);
    return 0;
}

static int revert(struct act *act, const struct step *step)
{
    struct model_payload *payload = payload_of(act, step);
    struct hook_plan *plan;

    if (has(payload, HOOK_REVERT)) {
        const int rc = ask_action(act, payload, HOOK_REVERT, &plan);

        if (rc) {
            return rc;
        }
        if (payload->is_in_text) {
            plan_old_text(act, step, plan);
        }
    }
    payload->is_in_text = false;
    payload->is_applied = false;
    order_remove(&act->model->stack, step->which);
    if (!has(payload, HOOK_REVERT)) {
        tell(act, payload, HOOK_UNLOAD);
    }
    return 0;
}

/* Takes the first `done` steps back, newest first, until a hook will not. */
static void undo(struct act *act, unsigned int done)
{
    while (done-- > 0) {
        struct step *step = &act->step[done];

        if (step->is_apply ? revert(act, step) : apply(act, step)) {
            return;
        }
        step->is_done = false;
    }
}

static int run_steps(struct act *act)
{
    for (unsigned int i = 0; i < act->nr; i++) {
        struct step *step = &act->step[i];
        const int rc = step->is_apply ? apply(act, step) : revert(act, step);

        if (rc) {
            act->answer->failed = i;
            undo(act, i);
            return rc;
        }
        step->is_done = true;
    }
    return 0;
}

static void set_rc(struct act *act, int rc)
{
    act->answer->rc = rc;
    for (unsigned int i = 0; i < act->nr; i++) {
        struct model_payload *payload = payload_of(act, &act->step[i]);

        payload->rc = rc;
        if (act->step[i].is_done && !act->step[i].is_apply) {
            payload->is_spent = payload->recipe.has_data;
        }
    }
}

static void tell_post(struct act *act, unsigned int nr, bool is_backwards)
{
    for (unsigned int i = 0; i < nr; i++) {
        const struct step *step = &act->step[is_backwards ? nr - 1 - i : i];

        tell(act, payload_of(act, step),
             step->is_apply ? HOOK_POSTAPPLY : HOOK_POSTREVERT);
    }
}

static int stop(struct act *act, enum model_luck luck)
{
    act->answer->is_late = luck == LUCK_LATE;
    act->answer->has_stopped = luck == LUCK_GOOD;
    return luck == LUCK_GOOD ? run_steps(act) : -EBUSY;
}

static void run(struct act *act, enum model_luck luck)
{
    unsigned int nr_asked = 0;
    int veto = 0;

    while (nr_asked < act->nr && !(veto = ask_pre(act, &act->step[nr_asked]))) {
        nr_asked++;
    }
    act->answer->veto = veto;
    if (veto) {
        act->answer->failed = nr_asked;
        set_rc(act, veto);
    } else {
        set_rc(act, stop(act, luck));
    }
    tell_post(act, nr_asked, act->answer->rc != 0);
}

static void add_step(struct act *act, unsigned int which, bool is_apply)
{
    act->step[act->nr++] = (struct step){.which = which, .is_apply = is_apply};
    act->answer->nr_functions += act->model->payload[which].recipe.nr_functions;
}

/* The newest nr payloads of the stack, newest first. */
static void add_reverts(struct act *act, unsigned int nr)
{
    const struct model_order *stack = &act->model->stack;

    for (unsigned int i = 0; i < nr; i++) {
        add_step(act, stack->at[stack->nr - 1 - i], false);
    }
}

/* From the number of a step to that of the payload in the request. */
static unsigned int index_in(const struct model_request *request,
                             const struct act *act)
{
    unsigned int i = 0;

    if (act->answer->failed >= act->nr) {
        return request->set.nr;
    }
    while (i < request->set.nr &&
           request->set.at[i] != act->step[act->answer->failed].which) {
        i++;
    }
    return i;
}

static void plan_steps(struct act *act, const struct model_request *request)
{
    const struct model_order *set = &request->set;

    if (request->cmd == LIVEPATCH_ACTION_REVERT) {
        add_reverts(act, set->nr);
        return;
    }
    if (request->cmd == LIVEPATCH_ACTION_REPLACE) {
        add_reverts(act, act->model->stack.nr);
    }
    for (unsigned int i = 0; i < set->nr; i++) {
        add_step(act, set->at[i], true);
    }
}

void model_act(struct model *model, const struct model_request *request,
               struct model_answer *answer)
{
    struct act act = {.model = model, .answer = answer};

    *answer = (struct model_answer){.failed = request->set.nr};
    model_check_action(model, request, &answer->reasons, &answer->failed);
    if (answer->reasons.nr) {
        return;
    }
    plan_steps(&act, request);
    answer->nr_steps = act.nr;
    answer->failed = act.nr;
    run(&act, request->luck);
    answer->failed = index_in(request, &act);
}
