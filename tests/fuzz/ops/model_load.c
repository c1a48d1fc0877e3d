// SPDX-License-Identifier: GPL-2.0
/*
 * Payloads come and go: what an UPLOAD and an UNLOAD are refused for.
 */
#include "model.h"

#include <string.h>

#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/string.h>

/* ---- sets and orders ---------------------------------------------------- */

void reasons_add(struct reasons *reasons, int rc)
{
    if (reasons->nr < ARRAY_SIZE(reasons->rc)) {
        reasons->rc[reasons->nr++] = rc;
    }
}

bool reasons_hold(const struct reasons *reasons, int rc)
{
    for (unsigned int i = 0; i < reasons->nr; i++) {
        if (reasons->rc[i] == rc) {
            return true;
        }
    }
    return false;
}

void order_push(struct model_order *order, unsigned int which)
{
    order->at[order->nr++] = which;
}

void order_remove(struct model_order *order, unsigned int which)
{
    unsigned int kept = 0;

    for (unsigned int i = 0; i < order->nr; i++) {
        if (order->at[i] != which) {
            order->at[kept++] = order->at[i];
        }
    }
    order->nr = kept;
}

bool order_has(const struct model_order *order, unsigned int which)
{
    for (unsigned int i = 0; i < order->nr; i++) {
        if (order->at[i] == which) {
            return true;
        }
    }
    return false;
}

int model_find(const struct model *model, const char *name)
{
    for (unsigned int i = 0; i < model->loaded.nr; i++) {
        const unsigned int number = model->loaded.at[i];

        if (!strcmp(model->payload[number].name, name)) {
            return (int)number;
        }
    }
    return -1;
}

/* ---- UPLOAD ------------------------------------------------------------- */

static bool has_id(const struct model *model, uint8_t id)
{
    for (unsigned int i = 0; i < model->loaded.nr; i++) {
        if (model->payload[model->loaded.at[i]].recipe.id == id) {
            return true;
        }
    }
    return false;
}

static void fill_in_ids(const struct model *model, struct recipe *recipe)
{
    const struct model_order *stack = &model->stack;

    while (recipe->has_free_id && has_id(model, recipe->id)) {
        recipe->id = 1 + recipe->id % RECIPE_IDS;
    }
    if (recipe->depends_on_top) {
        recipe->depends =
            stack->nr ? model->payload[stack->at[stack->nr - 1]].recipe.id : 0;
    }
}

void model_fill_in(const struct model *model, struct recipe *recipe)
{
    static const struct model_order nothing;

    fill_in_ids(model, recipe);
    for (unsigned int i = 0; i < recipe->nr_functions; i++) {
        struct recipe_function *function = &recipe->functions[i];
        int owner;
        const unsigned long old = model_old_address(model, function, &owner);
        const struct model_order *stack =
            function->expects == EXPECT_ORIGINAL ? &nothing : &model->stack;

        function->number = function->by_number ? old : 0;
        (void)model_text_read(model, stack, old, function->expect_len,
                              function->expect);
        if (function->expects == EXPECT_WRONG) {
            function->expect[0] ^= 0xff;
        }
    }
}

static const int defect_answers[DEFECT_NR] = {
    [DEFECT_MAGIC] = EINVAL,
    [DEFECT_MACHINE] = EOPNOTSUPP,
    [DEFECT_TRUNCATED] = EINVAL,
    [DEFECT_EMPTY] = EINVAL,
    [DEFECT_HUGE] = EINVAL,
    [DEFECT_FAULT] = EFAULT,
    [DEFECT_XEN_DEPENDS] = EINVAL,
    [DEFECT_ENTRY_VERSION] = EOPNOTSUPP,
    [DEFECT_ENTRY_NAME] = EINVAL,
    [DEFECT_METADATA] = EINVAL,
    [DEFECT_HOOK_POINTER] = EINVAL,
    [DEFECT_WRITABLE_CODE] = EOPNOTSUPP,
    [DEFECT_COMMON] = EINVAL,
    [DEFECT_SYMBOL_0] = EOPNOTSUPP,
    [DEFECT_RELOCATION_TYPE] = EOPNOTSUPP,
    [DEFECT_RELOCATION_PLACE] = EINVAL,
    [DEFECT_RELOCATION_VALUE] = EOVERFLOW,
    [DEFECT_ALIGNMENT] = EOPNOTSUPP,
    [DEFECT_TWO_IDS] = EINVAL,
    [DEFECT_NO_DEPENDS] = EINVAL,
    [DEFECT_CLASH] = EEXIST,
};

static void check_references(const struct model *model,
                             const struct recipe *recipe,
                             struct reasons *reasons)
{
    int owner;

    for (unsigned int i = 0; i < recipe->nr_references; i++) {
        if (!model_find_symbol(model, recipe->references[i], &owner)) {
            reasons_add(reasons, ENOENT);
        }
    }
}

/* All of the old function must be text of the same image. */
static uint32_t text_bytes_from(const struct recipe_function *function)
{
    const unsigned int export = function->target - SYMBOL_EXPORT;

    return export < RECIPE_EXPORTS
               ? TEXT_BYTES - TEXT_EXPORT(export) - function->shift
               : 0x1000;
}

static void check_function(const struct model *model,
                           const struct recipe_function *function,
                           struct reasons *reasons)
{
    int owner;

    if (function->old_size == 0) {
        reasons_add(reasons, EINVAL);
    }
    if (function->is_nopatch || function->is_own) {
        reasons_add(reasons, function->is_nopatch && function->old_size < 0x1000
                                 ? EPERM
                                 : EINVAL);
    } else if (!model_old_address(model, function, &owner)) {
        reasons_add(reasons, ENOENT);
    } else if (function->target == SYMBOL_CONSTANT ||
               function->old_size > text_bytes_from(function)) {
        reasons_add(reasons, EINVAL);
    } else {
        (void)model_plan_change(model, function, 0, reasons);
    }
}

static void check_overlaps(const struct model *model,
                           const struct recipe *recipe, struct reasons *reasons)
{
    struct model_change change[SCRIPT_FUNCTIONS];
    struct reasons unused = {.nr = 0};

    for (unsigned int i = 0; i < recipe->nr_functions; i++) {
        change[i] = model_plan_change(model, &recipe->functions[i], 0, &unused);
        for (unsigned int j = 0; j < i; j++) {
            if (change[i].address < change[j].address + change[j].nr &&
                change[j].address < change[i].address + change[i].nr) {
                reasons_add(reasons, EINVAL);
            }
        }
    }
}

static void check_exports(const struct model *model,
                          const struct recipe *recipe, struct reasons *reasons)
{
    for (unsigned int i = 0; i < RECIPE_EXPORTS; i++) {
        const bool replaces = i < recipe->nr_functions &&
                              !recipe->functions[i].is_nops &&
                              recipe->functions[i].is_export_code;
        int owner;

        if (recipe->exports >> i & 1 && !replaces &&
            model_find_symbol(model, SYMBOL_EXPORT + i, &owner)) {
            reasons_add(reasons, EEXIST);
        }
    }
}

void model_check_upload(const struct model *model, const char *name,
                        const struct recipe *recipe, struct reasons *reasons)
{
    if (model_find(model, name) >= 0) {
        reasons_add(reasons, EEXIST);
    }
    if (defect_answers[recipe->defect]) {
        reasons_add(reasons, defect_answers[recipe->defect]);
    }
    if (recipe->nr_functions == 0 && !recipe->hooks && !recipe->null_hooks) {
        reasons_add(reasons, EINVAL);
    }
    check_references(model, recipe, reasons);
    for (unsigned int i = 0; i < recipe->nr_functions; i++) {
        check_function(model, &recipe->functions[i], reasons);
    }
    check_overlaps(model, recipe, reasons);
    check_exports(model, recipe, reasons);
    if (has_id(model, recipe->id)) {
        reasons_add(reasons, EEXIST);
    }
}

static unsigned int find_room(const struct model *model)
{
    unsigned int i = 0;

    while (model->payload[i].is_loaded) {
        i++;
    }
    return i;
}

static void note_use(struct model_payload *payload, int owner)
{
    if (owner >= 0) {
        payload->uses |= 1u << owner;
    }
}

static void fill_references(const struct model *model,
                            struct model_payload *payload)
{
    for (unsigned int i = 0; i < payload->recipe.nr_references; i++) {
        int owner;
        const unsigned long address =
            model_find_symbol(model, payload->recipe.references[i], &owner);

        memcpy(payload->text + TEXT_REFERENCE(i), &address, sizeof(address));
        note_use(payload, owner);
    }
}

static void plan_changes(const struct model *model,
                         struct model_payload *payload)
{
    struct reasons unused = {.nr = 0};

    for (unsigned int i = 0; i < payload->recipe.nr_functions; i++) {
        const struct recipe_function *function = &payload->recipe.functions[i];
        const unsigned int code =
            function->is_export_code ? TEXT_EXPORT(i) : TEXT_REPLACEMENT(i);
        int owner;

        payload->change[i] =
            model_plan_change(model, function, payload->base + code, &unused);
        (void)model_old_address(model, function, &owner);
        note_use(payload, owner);
    }
}

void model_add(struct model *model, const char *name,
               const struct recipe *recipe, uint32_t serial, unsigned long base,
               unsigned long pages)
{
    const unsigned int room = find_room(model);
    struct model_payload *payload = &model->payload[room];

    *payload = (struct model_payload){
        .serial = serial,
        .recipe = *recipe,
        .base = base,
        .pages = pages,
    };
    strlcpy(payload->name, name, sizeof(payload->name));
    recipe_text(recipe, serial, payload->text);
    fill_references(model, payload);
    plan_changes(model, payload);
    payload->is_loaded = true;
    order_push(&model->loaded, room);
    model->nr_changes++;
}

/* ---- UNLOAD ------------------------------------------------------------- */

void model_check_unload(const struct model *model, unsigned int which,
                        struct reasons *reasons)
{
    if (model->payload[which].is_applied) {
        reasons_add(reasons, EINVAL);
    }
    for (unsigned int i = 0; i < model->loaded.nr; i++) {
        if (model->payload[model->loaded.at[i]].uses >> which & 1) {
            reasons_add(reasons, EBUSY);
        }
    }
}

void model_remove(struct model *model, unsigned int which)
{
    order_remove(&model->loaded, which);
    model->payload[which].is_loaded = false;
    model->nr_changes++;
}
