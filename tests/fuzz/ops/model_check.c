// SPDX-License-Identifier: GPL-2.0
/*
 * Why an APPLY, REVERT or REPLACE is refused before anything of it is done.
 */
#include "model.h"

#include <string.h>

#include <xen/errno.h>
#include <xen/lib.h>

#define AROUND                                                                 \
    (1u << HOOK_PREAPPLY | 1u << HOOK_POSTAPPLY | 1u << HOOK_PREREVERT |       \
     1u << HOOK_POSTREVERT)

static bool has_hook(const struct model_payload *payload, enum recipe_hook kind)
{
    return payload->recipe.hooks >> kind & 1;
}

/* The build-id byte of what a payload would lie on; 0: the hypervisor. */
static uint8_t base_id(const struct model *model,
                       const struct model_order *below)
{
    return below->nr ? model->payload[below->at[below->nr - 1]].recipe.id : 0;
}

static void check_expectation(const struct model *model,
                              const struct model_order *below,
                              const struct recipe_function *function,
                              struct reasons *reasons)
{
    uint8_t text[LIVEPATCH_OPAQUE_SIZE];
    int owner;

    if (function->expects == EXPECT_NOTHING) {
        return;
    }
    if (function->expects == EXPECT_RESERVED) {
        reasons_add(reasons, EINVAL);
    }
    if (function->expect_len > function->old_size) {
        reasons_add(reasons, ERANGE);
        return;
    }
    if (!model_text_read(model, below,
                         model_old_address(model, function, &owner),
                         function->expect_len, text) ||
        memcmp(text, function->expect, function->expect_len)) {
        reasons_add(reasons, EINVAL);
    }
}

static bool touches(const struct model_payload *hooked, unsigned long address,
                    unsigned int nr)
{
    for (unsigned int i = 0; i < hooked->recipe.nr_functions; i++) {
        const struct model_change *change = &hooked->change[i];

        if (change->address < address + nr &&
            address < change->address + change->nr) {
            return true;
        }
    }
    return false;
}

/* In one set nobody knows what an apply hook leaves for those that follow. */
static void check_unhooked(const struct model *model,
                           const struct model_payload *hooked,
                           const struct model_payload *payload,
                           struct reasons *reasons)
{
    for (unsigned int i = 0; i < payload->recipe.nr_functions; i++) {
        const struct recipe_function *function = &payload->recipe.functions[i];
        int owner;

        if (touches(hooked, payload->change[i].address,
                    payload->change[i].nr) ||
            (function->expects != EXPECT_NOTHING &&
             touches(hooked, model_old_address(model, function, &owner),
                     function->expect_len))) {
            reasons_add(reasons, EINVAL);
        }
    }
}

/* The payload on top of those of `below`, the last nr_set of which come in the
 * same set. */
static void check_apply(const struct model *model,
                        const struct model_order *below, unsigned int nr_set,
                        unsigned int which, bool no_deps,
                        struct reasons *reasons)
{
    const struct model_payload *payload = &model->payload[which];

    if (payload->is_applied || payload->is_spent) {
        reasons_add(reasons, EINVAL);
    }
    if (!no_deps && payload->recipe.depends != base_id(model, below)) {
        reasons_add(reasons, EINVAL);
    }
    for (unsigned int i = below->nr - nr_set; i < below->nr; i++) {
        const struct model_payload *first = &model->payload[below->at[i]];

        if (has_hook(first, HOOK_APPLY)) {
            check_unhooked(model, first, payload, reasons);
        }
    }
    for (unsigned int i = 0; i < payload->recipe.nr_functions; i++) {
        check_expectation(model, below, &payload->recipe.functions[i], reasons);
    }
}

/* A payload that is named twice is the reason where it is named again. */
static void check_named_once(const struct model_request *request,
                             unsigned int i, struct reasons *reasons)
{
    for (unsigned int j = 0; j < i; j++) {
        if (request->set.at[j] == request->set.at[i]) {
            reasons_add(reasons, EINVAL);
            return;
        }
    }
}

/* Members are judged one after the other, as if those before were applied. */
static void check_applies(struct model supposed,
                          const struct model_request *request,
                          struct reasons *reasons, unsigned int *failed)
{
    struct model_order below = supposed.stack;

    for (unsigned int i = 0; i < request->set.nr && !reasons->nr; i++) {
        const unsigned int which = request->set.at[i];

        *failed = i;
        check_named_once(request, i, reasons);
        if (reasons->nr) {
            return;
        }
        check_apply(&supposed, &below, i, which, request->no_deps, reasons);
        if (below.nr < MODEL_PAYLOADS) {
            order_push(&below, which);
        }
        supposed.payload[which].is_in_text =
            !has_hook(&supposed.payload[which], HOOK_APPLY);
    }
}

/* Of the payloads that it would revert none is named. */
static void check_replace(const struct model *model,
                          const struct model_request *request,
                          struct reasons *reasons, unsigned int *failed)
{
    static const struct model_order nothing;
    const unsigned int which = request->set.at[0];

    check_apply(model, &nothing, 0, which, request->no_deps, reasons);
    if (model->payload[which].recipe.hooks & AROUND) {
        reasons_add(reasons, EOPNOTSUPP);
    }
    if (reasons->nr) {
        *failed = 0;
    }
    for (unsigned int i = 0; i < model->stack.nr; i++) {
        if (model->payload[model->stack.at[i]].recipe.hooks & AROUND) {
            reasons_add(reasons, EOPNOTSUPP);
        }
    }
}

/* Whether something that stays lies above the payload. */
static bool is_covered(const struct model *model,
                       const struct model_request *request, unsigned int which)
{
    for (unsigned int i = model->stack.nr; i-- > 0;) {
        if (model->stack.at[i] == which) {
            return false;
        }
        if (!order_has(&request->set, model->stack.at[i])) {
            return true;
        }
    }
    return false;
}

static void check_reverts(const struct model *model,
                          const struct model_request *request,
                          struct reasons *reasons, unsigned int *failed)
{
    for (unsigned int i = 0; i < request->set.nr && !reasons->nr; i++) {
        const unsigned int which = request->set.at[i];

        *failed = i;
        if (!model->payload[which].is_applied) {
            reasons_add(reasons, EINVAL);
        }
        check_named_once(request, i, reasons);
        if (is_covered(model, request, which)) {
            reasons_add(reasons, EBUSY);
        }
    }
}

void model_check_action(const struct model *model,
                        const struct model_request *request,
                        struct reasons *reasons, unsigned int *failed)
{
    *failed = request->set.nr;
    switch (request->cmd) {
    case LIVEPATCH_ACTION_APPLY:
        check_applies(*model, request, reasons, failed);
        break;
    case LIVEPATCH_ACTION_REVERT:
        check_reverts(model, request, reasons, failed);
        break;
    case LIVEPATCH_ACTION_REPLACE:
        check_replace(model, request, reasons, failed);
        break;
    default:
        reasons_add(reasons, EOPNOTSUPP);
        break;
    }
}
