// SPDX-License-Identifier: GPL-2.0
/*
 * DRY_RUN_UPLOAD and DRY_RUN_ACTION: answered as the model answers the request,
 * and the model stays as it was. The invariants see whether the hypervisor did,
 * too; no hook may have been called.
 */
#include "attempt.h"

#include <string.h>

#include <xen/errno.h>

#include "host/console.h"
#include "host/guest.h"

/* ---- UPLOAD ------------------------------------------------------------- */

static uint32_t choose_action(uint8_t choice)
{
    static const uint32_t actions[] = {0, LIVEPATCH_ACTION_APPLY,
                                       LIVEPATCH_ACTION_REPLACE};

    return choice < CHOOSE_WRONG ? actions[choice % 3]
           : choice & 1          ? LIVEPATCH_ACTION_UNLOAD
                                 : 77;
}

static void expect_no_calls(struct run *run, const struct script_step *step)
{
    attempt_start(run, step, 0);
}

/* What is refused of the action, once the upload is taken. */
static void check_next(struct model model, const char *name,
                       const struct recipe *recipe,
                       const struct livepatch_ext_dry_run_upload *asked,
                       struct reasons *reasons)
{
    struct model_request request = {
        .cmd = asked->cmd,
        .no_deps = asked->flags & LIVEPATCH_ACTION_APPLY_NODEPS,
    };
    unsigned int unused;

    model_add(&model, name, recipe, 0, 0, 0);
    order_push(&request.set, model.loaded.at[model.loaded.nr - 1]);
    model_check_action(&model, &request, reasons, &unused);
}

static void judge_upload(struct run *run, const struct wire_name *name,
                         const struct recipe *recipe,
                         const struct livepatch_ext_dry_run_upload *answer,
                         int rc)
{
    struct reasons reasons = {.nr = 0};
    const bool is_wild = recipe->defect == DEFECT_WILD;
    uint32_t refused = LIVEPATCH_EXT_DID_UPLOAD;

    if (!is_wild) {
        model_check_upload(&run->model, name->text, recipe, &reasons);
    }
    if (!is_wild && reasons.nr == 0) {
        refused = answer->cmd;
        if (answer->cmd) {
            check_next(run->model, name->text, recipe, answer, &reasons);
        }
    }
    if (!is_wild) {
        request_judge("DRY_RUN_UPLOAD", rc, &reasons);
        if (answer->refused != refused) {
            give_up("answers: a dry run's refused is %u, expected %u",
                    answer->refused, refused);
        }
    }
}

/* The version of the list, and the numbers of loads, know that it was there;
 * the index of exports may stay wider. */
static void account_load(struct run *run)
{
    if (host_log_holds("livepatch (dry run): ") &&
        host_log_holds(": loaded: ")) {
        run->model.nr_changes += 2;
        nr_loads++;
        run->changes_memory = true;
    }
}

void perform_dry_upload(struct run *run, const struct script_step *step)
{
    const struct wire_name name =
        request_name(request_free_name(&run->model, step->name));
    struct recipe recipe = recipe_decode(&step->upload);
    struct reasons early = {.nr = 0};
    struct xen_sysctl_livepatch_op op =
        request_start(step, LIVEPATCH_EXT_DRY_RUN_UPLOAD, &early);
    struct livepatch_ext_dry_run_upload *dry = (void *)&op.u;
    bool has_failed;
    int rc;

    if (run->model.loaded.nr == MODEL_PAYLOADS) {
        return;
    }
    model_fill_in(&run->model, &recipe);
    op.u.upload.name = name.wire;
    upload_put_file(&op.u.upload, &recipe, 0);
    dry->cmd = choose_action(step->upload.where);
    dry->flags = dry->cmd ? step->upload.value & 1 : 0;
    expect_no_calls(run, step);
    rc = request_send_unlucky(step, &op, &has_failed);
    note_done("DRY RUN of UPLOAD '%s' id %u on %u, defect %u, then %u: %d\n",
              name.text ? name.text : "?", recipe.id, recipe.depends,
              recipe.defect, dry->cmd, rc);
    attempt_compare_calls();
    account_load(run);
    if (name.error || name.text[0] == '\0' || dry->cmd == 77 ||
        dry->cmd == LIVEPATCH_ACTION_UNLOAD) {
        reasons_add(&early, EINVAL);
    }
    if (has_failed) {
        reasons_add(&early, ENOMEM);
    }
    if (early.nr) {
        request_judge("DRY_RUN_UPLOAD", rc, &early);
    } else {
        judge_upload(run, &name, &recipe, dry, rc);
    }
}

/* ---- actions ------------------------------------------------------------ */

struct dry_names {
    char bytes[SCRIPT_SET * XEN_LIVEPATCH_NAME_SIZE];
    uint32_t used;
    struct model_order set; /* those that are there, up to one that is not */
    unsigned int nr;
};

static void add_names(const struct model *model, const struct script_set *set,
                      struct dry_names *names)
{
    bool is_known = true;

    *names = (struct dry_names){.nr = 1 + set->nr % SCRIPT_SET};
    for (unsigned int i = 0; i < names->nr; i++) {
        const uint8_t choice = request_loaded_name(model, set->names[i]);
        const char *text = request_name(choice % CHOOSE_WRONG).text;
        const int which = model_find(model, text);

        memcpy(names->bytes + names->used, text, strlen(text) + 1);
        names->used += strlen(text) + 1;
        is_known = is_known && which >= 0;
        if (is_known) {
            order_push(&names->set, which);
        }
    }
}

static bool is_malformed(const struct livepatch_ext_dry_run_action *dry)
{
    const bool may_be_many = dry->cmd == LIVEPATCH_ACTION_APPLY ||
                             dry->cmd == LIVEPATCH_ACTION_REVERT;
    const bool may_be_nodeps =
        dry->nr == 1 || dry->cmd == LIVEPATCH_ACTION_APPLY;

    return dry->pad || dry->cmd < 1 || dry->cmd > 4 ||
           (dry->nr > 1 && !may_be_many) || (dry->flags && !may_be_nodeps);
}

static void check_action(const struct model *model,
                         const struct dry_names *names,
                         const struct livepatch_ext_dry_run_action *dry,
                         struct reasons *reasons, unsigned int *failed)
{
    const struct model_request request = {
        .cmd = dry->cmd,
        .is_set = names->nr > 1,
        .no_deps = dry->flags & LIVEPATCH_ACTION_APPLY_NODEPS,
        .set = names->set,
    };

    *failed = names->set.nr;
    if (names->set.nr < names->nr) {
        reasons_add(reasons, ENOENT);
    } else if (dry->cmd == LIVEPATCH_ACTION_UNLOAD) {
        model_check_unload(model, names->set.at[0], reasons);
        *failed = reasons->nr ? 0 : 1;
    } else {
        model_check_action(model, &request, reasons, failed);
        *failed = reasons->nr ? *failed : names->nr;
    }
}

void perform_dry_action(struct run *run, const struct script_step *step)
{
    struct reasons reasons = {.nr = 0};
    struct dry_names names;
    struct xen_sysctl_livepatch_op op =
        request_start(step, LIVEPATCH_EXT_DRY_RUN_ACTION, &reasons);
    struct livepatch_ext_dry_run_action *dry = (void *)&op.u;
    bool has_failed, is_early = reasons.nr;
    unsigned int failed = 0;
    int rc;

    add_names(&run->model, &step->set, &names);
    *dry = (struct livepatch_ext_dry_run_action){
        .names = (uintptr_t)host_guest_put(names.bytes, names.used),
        .names_bytes = names.used,
        .nr = names.nr,
        .cmd = step->set.cmd < CHOOSE_WRONG ? 1u + step->set.cmd % 4 : 5,
        .flags = step->set.flags & 1,
        .pad = step->set.defect >= CHOOSE_WRONG,
    };
    if (is_malformed(dry)) {
        reasons_add(&reasons, EINVAL);
        is_early = true;
    } else if (!is_early) {
        check_action(&run->model, &names, dry, &reasons, &failed);
    }
    expect_no_calls(run, step);
    rc = request_send_unlucky(step, &op, &has_failed);
    note_done("DRY RUN of %u of %u from '%s' flags %#x: %d\n", dry->cmd,
              dry->nr, names.bytes, dry->flags, rc);
    attempt_compare_calls();
    if (has_failed) {
        reasons.nr = 0;
        reasons_add(&reasons, ENOMEM);
    }
    request_judge("DRY_RUN_ACTION", rc, &reasons);
    if (!has_failed && !is_early && dry->failed != failed) {
        give_up("answers: a dry run's failed is %u, expected %u", dry->failed,
                failed);
    }
}
