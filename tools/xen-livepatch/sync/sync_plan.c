/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Each loaded payload gets a role. From the top of the stack down to the lowest
 * payload that has to go, all has to come out, because the hypervisor reverts
 * the newest only; what is wanted of it is loaded anew from its file, since
 * data that a payload has changed is not to be used twice. Where something that
 * stays lies on top, what lies below it stays, too.
 */
#include "sync/sync_plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "hypervisor/payload.h"

enum role {
    ROLE_IDLE,     /* loaded, not applied, of no concern */
    ROLE_STAYS,    /* applied, and not to be touched */
    ROLE_WANTED,   /* a file that fits */
    ROLE_ANEW,     /* the same; not applied, to be loaded from the file */
    ROLE_MOVED,    /* the same; applied, makes way and comes back */
    ROLE_REISSUED, /* a file that fits has its name */
    ROLE_PRUNED,
    ROLE_BLOCKED, /* reissued or pruned, and something that stays is above */
};

struct planning {
    const struct sync_view *view;
    struct sync_order order;
    enum role *roles;          /* of each loaded payload */
    enum sync_reason *reasons; /* why it stays or is blocked */
    const char **blockers;     /* of those that are blocked */
    size_t lowest;             /* place that has to go, 0: none */
    struct sync_plan plan;
};

static const struct loaded_payload *loaded_of(const struct planning *planning,
                                              size_t i)
{
    return &planning->view->loaded->payloads[i];
}

static bool fits(const struct planning *planning, size_t file)
{
    return file != SYNC_NONE && planning->order.fits[file] == SYNC_FITS;
}

/* Of an applied payload that no file that fits stands for. */
static enum role judge_stranger(struct planning *planning, size_t i)
{
    const struct sync_order *order = &planning->order;
    const struct folder_payload *named = payload_folder_find(
        planning->view->folder, loaded_of(planning, i)->entry->name);
    size_t file =
        order->files[i] != SYNC_NONE ? order->files[i] : order->reissues[i];
    bool is_unwanted = file == SYNC_NONE || order->fits[file] == SYNC_MASKED ||
                       order->fits[file] == SYNC_HELD ||
                       order->fits[file] == SYNC_OTHER_HYPERVISOR;

    if (sync_is_pinned(planning->view, loaded_of(planning, i))) {
        planning->reasons[i] = REASON_PINNED;
    } else if ((named && named->is_bad) || !is_unwanted) {
        planning->reasons[i] = REASON_MISFIT;
    } else {
        planning->reasons[i] = REASON_UNWANTED;
        return planning->view->wants_prune ? ROLE_PRUNED : ROLE_STAYS;
    }
    return ROLE_STAYS;
}

/* Of one that a file that fits is the same as. */
static enum role judge_wanted(const struct loaded_payload *payload)
{
    bool may_be_spent = payload->is_spent ||
                        (payload->source != LOADED_BY_HYPERVISOR &&
                         (payload->was_reverted || !payload->own.nr_bytes));

    return !payload->place && may_be_spent ? ROLE_ANEW : ROLE_WANTED;
}

static enum role judge(struct planning *planning, size_t i)
{
    const struct loaded_payload *payload = loaded_of(planning, i);

    if (fits(planning, planning->order.files[i])) {
        return judge_wanted(payload);
    }
    if (fits(planning, planning->order.reissues[i])) {
        return ROLE_REISSUED;
    }
    return payload->place ? judge_stranger(planning, i) : ROLE_IDLE;
}

/* The index of the payload at that place. */
static size_t index_at(const struct planning *planning, size_t place)
{
    return (size_t)(loaded_at_place(planning->view->loaded, place) -
                    planning->view->loaded->payloads);
}

/* From the top down: what can go, and what is kept by what lies on it. */
static void find_blocked(struct planning *planning)
{
    const char *blocker = NULL;

    for (size_t place = planning->view->loaded->nr_applied; place; place--) {
        size_t i = index_at(planning, place);
        bool has_to_go = planning->roles[i] == ROLE_REISSUED ||
                         planning->roles[i] == ROLE_PRUNED;

        if (has_to_go && blocker) {
            planning->roles[i] = ROLE_BLOCKED;
            planning->blockers[i] = blocker;
        } else if (has_to_go) {
            planning->lowest = place;
        }
        if (planning->roles[i] == ROLE_STAYS ||
            planning->roles[i] == ROLE_BLOCKED) {
            blocker = loaded_of(planning, i)->entry->name;
        }
    }
    for (size_t i = 0; planning->lowest && i < planning->view->loaded->nr;
         i++) {
        if (planning->roles[i] == ROLE_WANTED &&
            loaded_of(planning, i)->place > planning->lowest) {
            planning->roles[i] = ROLE_MOVED;
        }
    }
}

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
    size_t file = planning->order.files[i];

    step->loaded = loaded_of(planning, i);
    step->name = step->loaded->entry->name;
    step->file =
        file == SYNC_NONE ? NULL : &planning->view->folder->payloads[file];
    return step;
}

static struct sync_step *add_file(struct planning *planning,
                                  enum sync_step_kind kind,
                                  enum sync_reason reason, size_t file)
{
    struct sync_step *step = add(planning, kind, reason);

    step->file = &planning->view->folder->payloads[file];
    step->name = step->file->name;
    return step;
}

static void add_notes(struct planning *planning)
{
    const struct sync_order *order = &planning->order;

    for (size_t i = 0; i < planning->view->folder->nr; i++) {
        struct sync_step *step;
        const struct folder_payload *rival;

        if (order->fits[i] == SYNC_FITS) {
            continue;
        }
        step = add_file(planning, STEP_LEAVE_OUT, REASON_NONE, i);
        step->fit = order->fits[i];
        step->other = order->rivals[i];
        rival = step->other
                    ? payload_folder_find(planning->view->folder, step->other)
                    : NULL;
        if (rival) {
            step->other_fit =
                order->fits[rival - planning->view->folder->payloads];
        }
    }
    for (size_t i = 0; i < planning->view->loaded->nr; i++) {
        if (planning->roles[i] == ROLE_STAYS) {
            add_loaded(planning, STEP_STAYS, planning->reasons[i], i);
        } else if (planning->roles[i] == ROLE_BLOCKED) {
            add_loaded(planning, STEP_STAYS, REASON_BLOCKED, i)->other =
                planning->blockers[i];
        }
    }
}

static enum sync_reason reason_to_go(enum role role)
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
    const struct loaded *loaded = planning->view->loaded;
    const char *lowest =
        planning->lowest
            ? loaded_at_place(loaded, planning->lowest)->entry->name
            : NULL;

    for (size_t place = loaded->nr_applied;
         planning->lowest && place >= planning->lowest; place--) {
        size_t i = index_at(planning, place);

        add_loaded(planning, STEP_REVERT, reason_to_go(planning->roles[i]), i)
            ->other = lowest;
    }
    for (size_t i = loaded->nr; i--;) {
        enum sync_reason reason = reason_to_go(planning->roles[i]);

        if (reason != REASON_NONE) {
            add_loaded(planning, STEP_UNLOAD, reason, i)->other = lowest;
        }
    }
}

/* What will be on top of the stack when all that has to go has gone. */
struct top {
    bool is_known;
    struct build_id id;
    const char *name; /* NULL: the hypervisor */
};

static struct top top_after_removals(const struct planning *planning)
{
    const struct loaded *loaded = planning->view->loaded;
    size_t place = planning->lowest ? planning->lowest - 1 : loaded->nr_applied;
    const struct loaded_payload *payload;
    size_t i;

    if (!place) {
        return (struct top){planning->view->running.nr_bytes != 0,
                            planning->view->running, NULL};
    }
    i = index_at(planning, place);
    payload = loaded_of(planning, i);
    if (!payload->own.nr_bytes && planning->roles[i] == ROLE_WANTED) {
        size_t file = planning->order.files[i];

        return (struct top){
            loaded->is_order_known,
            kept_id_view(&planning->view->folder->payloads[file].own),
            payload->entry->name};
    }
    return (struct top){loaded->is_order_known && payload->own.nr_bytes,
                        kept_id_view(&payload->own), payload->entry->name};
}

/* The loaded payload that `list` says is `file`; of several an applied one. */
static size_t find_loaded(const struct planning *planning, const size_t *list,
                          size_t file)
{
    size_t found = SYNC_NONE;

    for (size_t i = 0; i < planning->view->loaded->nr; i++) {
        if (list[i] == file &&
            (found == SYNC_NONE || loaded_of(planning, i)->place)) {
            found = i;
        }
    }
    return found;
}

static void add_kept(struct planning *planning, size_t file, size_t i)
{
    const struct loaded_payload *payload = loaded_of(planning, i);
    struct sync_step *step = add_file(planning, STEP_KEEP, REASON_NONE, file);

    step->loaded = payload;
    if (!payload->own.nr_bytes) {
        step->reason = REASON_BY_NAME;
    } else if (strcmp(payload->entry->name, step->name) != 0) {
        step->reason = REASON_BY_ID;
        step->other = payload->entry->name;
    }
}

static enum sync_reason reason_to_load(const struct planning *planning,
                                       size_t same, size_t reissued)
{
    if (reissued != SYNC_NONE) {
        return REASON_REISSUED;
    }
    if (same == SYNC_NONE) {
        return REASON_MISSING;
    }
    return planning->roles[same] == ROLE_MOVED  ? REASON_PUT_BACK
           : planning->roles[same] == ROLE_ANEW ? REASON_ANEW
                                                : REASON_UPLOADED;
}

/* A file that is to be applied on top of *top. */
static void add_missing(struct planning *planning, size_t file, size_t same,
                        struct top *top)
{
    const struct folder_payload *payload =
        &planning->view->folder->payloads[file];
    size_t reissued = find_loaded(planning, planning->order.reissues, file);
    enum sync_reason reason = reason_to_load(planning, same, reissued);
    struct sync_step *step;

    if (reissued != SYNC_NONE && planning->roles[reissued] == ROLE_BLOCKED) {
        step = add_file(planning, STEP_LEAVE_OUT, REASON_BLOCKED, file);
        step->other = planning->blockers[reissued];
        return;
    }
    if (top->is_known && payload->below.nr_bytes &&
        !(payload->flags & PAYLOAD_APPLY_NODEPS) &&
        !kept_id_is(&payload->below, top->id)) {
        step = add_file(planning, STEP_LEAVE_OUT, REASON_NOT_ON_TOP, file);
        step->other = top->name;
        return;
    }
    if (reason == REASON_UPLOADED) {
        step = add_loaded(planning, STEP_APPLY, reason, same);
    } else {
        step = add_file(planning, STEP_LOAD, reason, file);
    }
    *top = (struct top){top->is_known, kept_id_view(&payload->own), step->name};
}

static void add_wanted(struct planning *planning)
{
    const struct sync_order *order = &planning->order;
    struct top top = top_after_removals(planning);

    for (size_t k = 0; k < order->nr; k++) {
        size_t file = order->places[k];
        size_t same = find_loaded(planning, order->files, file);

        if (same != SYNC_NONE && planning->roles[same] == ROLE_WANTED &&
            loaded_of(planning, same)->place) {
            add_kept(planning, file, same);
        } else {
            add_missing(planning, file, same, &top);
        }
    }
}

static int allocate(struct planning *planning)
{
    size_t nr = planning->view->loaded->nr + 1;
    size_t nr_steps = 3 * nr + 2 * planning->view->folder->nr + 1;

    planning->roles = calloc(nr, sizeof(*planning->roles));
    planning->reasons = calloc(nr, sizeof(*planning->reasons));
    planning->blockers = calloc(nr, sizeof(*planning->blockers));
    planning->plan.steps = calloc(nr_steps, sizeof(*planning->plan.steps));
    return planning->roles && planning->reasons && planning->blockers &&
                   planning->plan.steps
               ? 0
               : -ENOMEM;
}

int sync_plan_make(const struct sync_view *view, struct sync_plan *plan)
{
    struct planning planning = {.view = view};
    int rc = sync_order_make(view, &planning.order);

    if (rc) {
        return rc;
    }
    rc = allocate(&planning);
    if (!rc) {
        for (size_t i = 0; i < view->loaded->nr; i++) {
            planning.roles[i] = judge(&planning, i);
        }
        find_blocked(&planning);
        add_notes(&planning);
        add_removals(&planning);
        add_wanted(&planning);
        *plan = planning.plan;
    } else {
        sync_plan_free(&planning.plan);
    }
    free(planning.roles);
    free(planning.reasons);
    free(planning.blockers);
    sync_order_free(&planning.order);
    return rc;
}

void sync_plan_free(struct sync_plan *plan)
{
    free(plan->steps);
}

bool sync_step_changes(const struct sync_step *step)
{
    return step->kind >= STEP_REVERT;
}

enum outcome sync_step_outcome(const struct sync_step *step)
{
    enum sync_fit fit = step->fit;

    if (step->kind != STEP_LEAVE_OUT) {
        return OUTCOME_DONE;
    }
    if (fit == SYNC_NOTHING_BELOW && step->other) {
        fit = step->other_fit == SYNC_HELD || step->other_fit == SYNC_SUSPECT ||
                      step->other_fit == SYNC_PINNED
                  ? step->other_fit
                  : fit;
    }
    switch (fit) {
    case SYNC_BAD:
        return OUTCOME_BAD_FILE;
    case SYNC_SUSPECT:
        return OUTCOME_HELD_BACK;
    case SYNC_FITS: /* blocked, or not on top */
    case SYNC_PLACE_TAKEN:
    case SYNC_NOTHING_BELOW:
        return OUTCOME_FAILED;
    default:
        return OUTCOME_DONE;
    }
}
