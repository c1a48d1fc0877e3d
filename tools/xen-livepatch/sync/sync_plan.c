/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writes down what sync_roles.c has decided: notes, what is taken out, then the
 * files in their order.
 */
#include "sync/sync_plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sync/sync_roles.h"

struct planning {
    struct sync_roles roles;
    struct sync_plan plan;
};

static struct sync_step *add(struct planning *planning,
                             enum sync_step_kind kind, enum sync_reason reason)
{
    struct sync_step *step = &planning->plan.steps[planning->plan.nr++];

    *step = (struct sync_step){.kind = kind, .reason = reason};
    planning->plan.nr_changes += sync_step_changes(step);
    return step;
}

static struct sync_step *add_loaded(struct planning *planning,
                                    enum sync_step_kind kind,
                                    enum sync_reason reason, size_t i)
{
    struct sync_step *step = add(planning, kind, reason);
    size_t file = planning->roles.order.files[i];

    step->loaded = sync_roles_loaded(&planning->roles, i);
    step->name = step->loaded->entry->name;
    step->file = file == SYNC_NONE
                     ? NULL
                     : &planning->roles.view->folder->payloads[file];
    return step;
}

static struct sync_step *add_file(struct planning *planning,
                                  enum sync_step_kind kind,
                                  enum sync_reason reason, size_t file)
{
    struct sync_step *step = add(planning, kind, reason);

    step->file = &planning->roles.view->folder->payloads[file];
    step->name = step->file->name;
    return step;
}

static void add_notes(struct planning *planning)
{
    const struct sync_order *order = &planning->roles.order;

    for (size_t i = 0; i < planning->roles.view->folder->nr; i++) {
        struct sync_step *step;

        if (order->fits[i] == SYNC_FITS) {
            continue;
        }
        step = add_file(planning, STEP_LEAVE_OUT, REASON_NONE, i);
        step->fit = order->fits[i];
        step->root = sync_order_root(order, i);
        step->other = order->rivals[i];
        if (order->belows[i] != SYNC_NONE) {
            step->other_fit = order->fits[order->belows[i]];
        }
    }
    for (size_t i = 0; i < planning->roles.view->loaded->nr; i++) {
        if (planning->roles.of[i] == ROLE_STAYS) {
            add_loaded(planning, STEP_STAYS, planning->roles.reasons[i], i);
        } else if (planning->roles.of[i] == ROLE_BLOCKED) {
            add_loaded(planning, STEP_STAYS, REASON_BLOCKED, i)->other =
                planning->roles.blockers[i];
        } else if (planning->roles.of[i] == ROLE_FIXED &&
                   !sync_roles_fits(&planning->roles, order->files[i])) {
            add_loaded(planning, STEP_STAYS, REASON_NOT_ON_TOP, i)->other =
                planning->roles.blockers[i];
        }
    }
}

static enum sync_reason reason_to_go(enum sync_role role)
{
    switch (role) {
    case ROLE_REISSUED:
        return REASON_REISSUED;
    case ROLE_PRUNED:
        return REASON_PRUNED;
    case ROLE_MOVED:
        return REASON_MAKES_WAY;
    case ROLE_ANEW:
        return REASON_ANEW;
    default:
        return REASON_NONE;
    }
}

/* Reverted from the newest on; unloaded from what was uploaded last on, since
 * it may use what was uploaded before it. */
static void add_removals(struct planning *planning)
{
    const struct loaded *loaded = planning->roles.view->loaded;
    const char *lowest =
        planning->roles.lowest
            ? loaded_at_place(loaded, planning->roles.lowest)->entry->name
            : NULL;

    for (size_t place = loaded->nr_applied;
         planning->roles.lowest && place >= planning->roles.lowest; place--) {
        size_t i = sync_roles_at(&planning->roles, place);

        add_loaded(planning, STEP_REVERT, reason_to_go(planning->roles.of[i]),
                   i)
            ->other = lowest;
    }
    for (size_t i = loaded->nr; i--;) {
        enum sync_reason reason = reason_to_go(planning->roles.of[i]);

        if (reason != REASON_NONE) {
            add_loaded(planning, STEP_UNLOAD, reason, i)->other = lowest;
        }
    }
}

static void add_kept(struct planning *planning, size_t file, size_t i)
{
    const struct loaded_payload *payload =
        sync_roles_loaded(&planning->roles, i);
    struct sync_step *step = add_file(planning, STEP_KEEP, REASON_NONE, file);

    step->loaded = payload;
    if (planning->roles.of[i] == ROLE_FIXED) {
        step->reason = REASON_NOT_ON_TOP;
        step->other = planning->roles.blockers[i];
    } else if (!payload->own.nr_bytes) {
        step->reason = REASON_BY_NAME;
    } else if (strcmp(payload->entry->name, step->name) != 0) {
        step->reason = REASON_BY_ID;
        step->other = payload->entry->name;
    }
}

static void add_left_out(struct planning *planning, size_t file,
                         const struct sync_choice *choice)
{
    struct sync_step *step =
        add_file(planning, STEP_LEAVE_OUT, choice->reason, file);

    step->other = choice->other;
    if (choice->reissued != SYNC_NONE &&
        planning->roles.of[choice->reissued] == ROLE_FIXED) {
        step->loaded = sync_roles_loaded(&planning->roles, choice->reissued);
    }
}

static void add_load(struct planning *planning, size_t file,
                     const struct sync_choice *choice)
{
    struct sync_step *step =
        add_file(planning, STEP_LOAD, choice->reason, file);

    if (choice->reissued != SYNC_NONE) {
        step->loaded = sync_roles_loaded(&planning->roles, choice->reissued);
    }
}

static void add_wanted(struct planning *planning)
{
    struct sync_top top = sync_roles_top(&planning->roles);

    for (size_t k = 0; k < planning->roles.order.nr; k++) {
        size_t file = planning->roles.order.places[k];
        struct sync_choice choice =
            sync_roles_choose(&planning->roles, file, &top);

        if (choice.kind == STEP_KEEP) {
            add_kept(planning, file, choice.same);
        } else if (choice.kind == STEP_LEAVE_OUT) {
            add_left_out(planning, file, &choice);
        } else if (choice.kind == STEP_APPLY) {
            add_loaded(planning, STEP_APPLY, choice.reason, choice.same);
        } else {
            add_load(planning, file, &choice);
        }
    }
}

int sync_plan_make(const struct sync_view *view, struct sync_plan *plan)
{
    struct planning planning = {.plan = {.nr = 0}};
    size_t nr_steps = 3 * view->loaded->nr + 2 * view->folder->nr + 1;
    int rc = sync_roles_make(view, &planning.roles);

    if (rc) {
        return rc;
    }
    planning.plan.steps = calloc(nr_steps, sizeof(*planning.plan.steps));
    if (planning.plan.steps) {
        add_notes(&planning);
        add_removals(&planning);
        add_wanted(&planning);
        rc = flaws_find(view, &planning.plan.flaws);
    } else {
        rc = -ENOMEM;
    }
    if (rc) {
        sync_plan_free(&planning.plan);
    } else {
        *plan = planning.plan;
    }
    sync_roles_free(&planning.roles);
    return rc;
}

void sync_plan_free(struct sync_plan *plan)
{
    free(plan->steps);
    flaws_free(&plan->flaws);
}

bool sync_step_changes(const struct sync_step *step)
{
    return step->kind >= STEP_REVERT;
}

size_t sync_plan_first_change(const struct sync_plan *plan)
{
    for (size_t i = 0; i < plan->nr; i++) {
        if (sync_step_changes(&plan->steps[i])) {
            return i;
        }
    }
    return SYNC_NONE;
}

enum outcome sync_step_outcome(const struct sync_step *step)
{
    if (step->kind != STEP_LEAVE_OUT) {
        return step->kind == STEP_KEEP && step->reason == REASON_NOT_ON_TOP
                   ? OUTCOME_FAILED
                   : OUTCOME_DONE;
    }
    switch (step->root) {
    case SYNC_BAD:
    case SYNC_PIN_UNCLEAR:
        return OUTCOME_BAD_FILE;
    case SYNC_SUSPECT:
        return OUTCOME_HELD_BACK;
    case SYNC_FITS: /* blocked, or not on top */
    case SYNC_REFUSED:
    case SYNC_PLACE_TAKEN:
    case SYNC_NOTHING_BELOW:
        return OUTCOME_FAILED;
    default:
        return OUTCOME_DONE;
    }
}
