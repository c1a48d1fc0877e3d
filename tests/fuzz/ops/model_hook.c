// SPDX-License-Identifier: GPL-2.0
/*
 * One call after the other, in the order in which they begin: a hook that asks
 * for the default work is followed by the load or unload hooks of that.
 */
#include "model_hook.h"

#include <xen/errno.h>
#include <xen/kernel.h>

bool model_has_hook(const struct model_payload *payload, enum recipe_hook kind)
{
    return hook_count(&payload->recipe, kind) != 0;
}

uint8_t model_all_marks(const struct model_payload *payload)
{
    return (1u << payload->recipe.nr_functions) - 1;
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

/* ---- a stop that a post hook asks for ----------------------------------- */

void model_settle(struct model *model, unsigned int which)
{
    struct model_payload *payload = &model->payload[which];

    if (!payload->is_applied) {
        order_remove(&model->stack, which);
        payload->is_spent = payload->has_stood && payload->recipe.has_data;
    }
}

/* What a hook is told: the reason, or that there is one of several. */
static int refusal(const struct reasons *reasons)
{
    for (unsigned int i = 1; i < reasons->nr; i++) {
        if (reasons->rc[i] != reasons->rc[0]) {
            return HOOK_REFUSED;
        }
    }
    return -reasons->rc[0];
}

/* No further hook is asked, and the payload's rc stays. */
static int move_by_hook(struct model_action *action, unsigned int which,
                        bool is_apply)
{
    struct model_payload *payload = &action->model->payload[which];
    const struct model_request request = {
        .cmd = is_apply ? LIVEPATCH_ACTION_APPLY : LIVEPATCH_ACTION_REVERT,
        .set = {.nr = 1, .at = {which}},
    };
    struct reasons reasons = {.nr = 0};
    unsigned int unused;

    model_check_action(action->model, &request, &reasons, &unused);
    if (reasons.nr) {
        return refusal(&reasons);
    }
    if (action->answer->is_late) {
        action->answer->nr_missed++;
        return -EBUSY;
    }
    action->answer->nr_stops++;
    if (is_apply) {
        order_push(&action->model->stack, which);
        model_put(action, which);
        payload->has_stood = true;
    } else {
        model_take(action, which);
    }
    payload->is_applied = is_apply;
    model_settle(action->model, which);
    return 0;
}

/* ---- calls -------------------------------------------------------------- */

static int work(struct model_action *action, unsigned int which,
                enum recipe_hook kind, bool is_apply)
{
    if (hook_is_post(kind)) {
        return move_by_hook(action, which, is_apply);
    }
    if (kind != HOOK_APPLY && kind != HOOK_REVERT) {
        return -EINVAL;
    }
    if (is_apply) {
        model_put(action, which);
    } else {
        model_take(action, which);
    }
    return 0;
}

static int carry_out(struct model_action *action, unsigned int which,
                     enum recipe_hook kind, enum hook_deed deed)
{
    struct model_payload *payload = &action->model->payload[which];
    const uint8_t all = model_all_marks(payload);

    switch (deed) {
    case DEED_WORK:
    case DEED_UNWORK:
        return work(action, which, kind, deed == DEED_WORK);
    case DEED_WORK_ELSEWHERE:
    case DEED_UNWORK_ELSEWHERE:
        return -EINVAL;
    case DEED_MARK_ALL:
    case DEED_MARK_ONE:
        payload->marks |= deed == DEED_MARK_ONE ? all & 1 : all;
        return 0;
    case DEED_UNMARK_ALL:
    case DEED_UNMARK_ONE:
        payload->marks &= deed == DEED_UNMARK_ONE ? ~1 : 0;
        return 0;
    case DEED_WRITE_CONSTANT:
        action->model->constant[hook_constant(payload->serial)]++;
        return 0;
    default:
        return 0;
    }
}

/* What would end in a fault is not tried: constants outside of the stop, marks
 * that are not shown. */
static enum hook_deed allowed(enum recipe_hook kind, enum hook_deed deed)
{
    const bool is_mark = deed >= DEED_MARK_ALL && deed <= DEED_UNMARK_ONE;

    if ((deed == DEED_WRITE_CONSTANT && !hook_is_in_stop(kind)) ||
        (is_mark && hook_is_list(kind))) {
        return DEED_NONE;
    }
    return deed;
}

static void decide(const struct model *model, struct model_payload *payload,
                   enum recipe_hook kind, struct hook_plan *plan)
{
    const bool is_crooked =
        hook_is_crooked(&payload->recipe, kind, payload->calls[kind]++);

    if (model->is_agreeable || !is_crooked) {
        plan->deed[0] = hook_honest_deed(kind);
        return;
    }
    hook_crooked_deeds(&payload->recipe, kind, plan->deed);
    plan->answer = hook_crooked_answer(&payload->recipe, kind);
}

static int call(struct model_action *action, unsigned int which,
                enum recipe_hook kind)
{
    struct model_payload *payload = &action->model->payload[which];
    struct hook_plans *plans = &action->answer->hooks;
    struct hook_plan *plan = &plans->plan[plans->nr++];

    *plan = (struct hook_plan){
        .call = {.serial = payload->serial,
                 .kind = kind,
                 .rc_seen = hook_is_post(kind) ? payload->rc : 0,
                 .text = text_now(action->model),
                 .nr_marked = hook_is_list(kind)
                                  ? 0
                                  : __builtin_popcount(payload->marks)},
        .is_late = action->answer->is_late && hook_is_post(kind),
    };
    decide(action->model, payload, kind, plan);
    for (unsigned int i = 0; i < HOOK_MAX_DEEDS; i++) {
        plan->deed[i] = allowed(kind, plan->deed[i]);
        plan->call.result[i] = carry_out(action, which, kind, plan->deed[i]);
    }
    return as_errno(plan->answer);
}

int model_ask(struct model_action *action, unsigned int which,
              enum recipe_hook kind)
{
    return model_has_hook(&action->model->payload[which], kind)
               ? call(action, which, kind)
               : 0;
}

void model_tell(struct model_action *action, unsigned int which,
                enum recipe_hook kind)
{
    const struct model_payload *payload = &action->model->payload[which];

    for (unsigned int i = hook_count(&payload->recipe, kind); i > 0; i--) {
        (void)call(action, which, kind);
    }
}

/* ---- the default work --------------------------------------------------- */

void model_put(struct model_action *action, unsigned int which)
{
    struct model_payload *payload = &action->model->payload[which];

    if (!payload->is_in_text) {
        model_tell(action, which, HOOK_LOAD);
        payload->is_in_text = payload->has_stood = true;
    }
    payload->marks = model_all_marks(payload);
}

void model_take(struct model_action *action, unsigned int which)
{
    struct model_payload *payload = &action->model->payload[which];

    if (payload->is_in_text) {
        payload->is_in_text = false;
        model_tell(action, which, HOOK_UNLOAD);
    }
    payload->marks = 0;
}
