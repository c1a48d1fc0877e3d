/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Each loaded payload gets a role. From the top of the stack down to the lowest
 * payload that has to go, all has to come out, because the hypervisor reverts
 * the newest only; what is wanted of it is loaded anew from its file, since
 * data that a payload has changed is not to be used twice. Where something that
 * stays lies on top, what lies below it stays, too. What would not go back on
 * what would then be below it stays as well, so that nothing is taken out only
 * to be left out.
 */
#include "sync/sync_roles.h"

#include <errno.h>
#include <stdlib.h>

#include "hypervisor/payload.h"

const struct loaded_payload *sync_roles_loaded(const struct sync_roles *roles,
                                               size_t i)
{
    return &roles->view->loaded->payloads[i];
}

bool sync_roles_fits(const struct sync_roles *roles, size_t file)
{
    return file != SYNC_NONE && roles->order.fits[file] == SYNC_FITS;
}

/* Of an applied payload that no file that fits stands for. */
static enum sync_role judge_stranger(struct sync_roles *roles, size_t i)
{
    const struct sync_order *order = &roles->order;
    const struct folder_payload *named = payload_folder_find(
        roles->view->folder, sync_roles_loaded(roles, i)->entry->name);
    size_t file =
        order->files[i] != SYNC_NONE ? order->files[i] : order->reissues[i];
    enum sync_fit root =
        file == SYNC_NONE ? SYNC_MASKED : sync_order_root(order, file);
    bool is_unwanted = root == SYNC_MASKED || root == SYNC_HELD ||
                       root == SYNC_OTHER_HYPERVISOR;

    if (sync_is_pinned(roles->view, sync_roles_loaded(roles, i))) {
        roles->reasons[i] = REASON_PINNED;
    } else if ((named && named->is_bad) || !is_unwanted) {
        roles->reasons[i] = REASON_MISFIT;
    } else {
        roles->reasons[i] = REASON_UNWANTED;
        return roles->view->wants_prune ? ROLE_PRUNED : ROLE_STAYS;
    }
    return ROLE_STAYS;
}

/* Of one that a file that fits is the same as. */
static enum sync_role judge_wanted(const struct loaded_payload *payload)
{
    bool may_be_spent = payload->is_spent ||
                        (payload->source != LOADED_BY_HYPERVISOR &&
                         (payload->was_reverted || !payload->own.nr_bytes));

    return !payload->place && may_be_spent ? ROLE_ANEW : ROLE_WANTED;
}

static enum sync_role judge(struct sync_roles *roles, size_t i)
{
    const struct loaded_payload *payload = sync_roles_loaded(roles, i);

    if (sync_roles_fits(roles, roles->order.files[i])) {
        return judge_wanted(payload);
    }
    if (sync_roles_fits(roles, roles->order.reissues[i])) {
        return ROLE_REISSUED;
    }
    return payload->place ? judge_stranger(roles, i) : ROLE_IDLE;
}

size_t sync_roles_at(const struct sync_roles *roles, size_t place)
{
    return (size_t)(loaded_at_place(roles->view->loaded, place) -
                    roles->view->loaded->payloads);
}

/* From the top down: what can go, and what is kept by what lies on it. May be
 * called again when more is fixed. */
static void find_blocked(struct sync_roles *roles)
{
    const char *blocker = NULL;

    roles->lowest = 0;
    for (size_t place = roles->view->loaded->nr_applied; place; place--) {
        size_t i = sync_roles_at(roles, place);
        bool has_to_go =
            roles->of[i] == ROLE_REISSUED || roles->of[i] == ROLE_PRUNED;

        if (has_to_go && blocker) {
            roles->of[i] = ROLE_BLOCKED;
            roles->blockers[i] = blocker;
        } else if (has_to_go) {
            roles->lowest = place;
        }
        if (roles->of[i] == ROLE_STAYS || roles->of[i] == ROLE_FIXED ||
            roles->of[i] == ROLE_BLOCKED) {
            blocker = sync_roles_loaded(roles, i)->entry->name;
        }
    }
    for (size_t i = 0; i < roles->view->loaded->nr; i++) {
        bool is_above =
            roles->lowest && sync_roles_loaded(roles, i)->place > roles->lowest;

        if (roles->of[i] == ROLE_WANTED || roles->of[i] == ROLE_MOVED) {
            roles->of[i] = is_above ? ROLE_MOVED : ROLE_WANTED;
        }
    }
}

struct sync_top sync_roles_top(const struct sync_roles *roles)
{
    const struct loaded *loaded = roles->view->loaded;
    size_t place = roles->lowest ? roles->lowest - 1 : loaded->nr_applied;
    const struct loaded_payload *payload;
    size_t i;

    if (!place) {
        return (struct sync_top){roles->view->running.nr_bytes != 0,
                                 roles->view->running, NULL};
    }
    i = sync_roles_at(roles, place);
    payload = sync_roles_loaded(roles, i);
    if (!payload->own.nr_bytes &&
        sync_roles_fits(roles, roles->order.files[i])) {
        size_t file = roles->order.files[i];

        return (struct sync_top){
            loaded->is_order_known,
            kept_id_view(&roles->view->folder->payloads[file].own),
            payload->entry->name};
    }
    return (struct sync_top){loaded->is_order_known && payload->own.nr_bytes,
                             kept_id_view(&payload->own), payload->entry->name};
}

/* The loaded payload that `list` says is `file`; of several an applied one. */
static size_t find_loaded(const struct sync_roles *roles, const size_t *list,
                          size_t file)
{
    size_t found = SYNC_NONE;

    for (size_t i = 0; i < roles->view->loaded->nr; i++) {
        if (list[i] == file &&
            (found == SYNC_NONE || sync_roles_loaded(roles, i)->place)) {
            found = i;
        }
    }
    return found;
}

static enum sync_reason reason_to_load(const struct sync_roles *roles,
                                       size_t same, size_t reissued)
{
    if (reissued != SYNC_NONE) {
        return REASON_REISSUED;
    }
    if (same == SYNC_NONE) {
        return REASON_MISSING;
    }
    return roles->of[same] == ROLE_MOVED  ? REASON_PUT_BACK
           : roles->of[same] == ROLE_ANEW ? REASON_ANEW
                                          : REASON_UPLOADED;
}

static bool goes_on(const struct folder_payload *file,
                    const struct sync_top *top)
{
    return !top->is_known || !file->below.nr_bytes ||
           (file->flags & PAYLOAD_APPLY_NODEPS) ||
           kept_id_is(&file->below, top->id);
}

static bool is_kept(const struct sync_roles *roles, size_t same)
{
    return same != SYNC_NONE && sync_roles_loaded(roles, same)->place &&
           (roles->of[same] == ROLE_WANTED || roles->of[same] == ROLE_FIXED);
}

struct sync_choice sync_roles_choose(const struct sync_roles *roles,
                                     size_t file, struct sync_top *top)
{
    const struct folder_payload *payload = &roles->view->folder->payloads[file];
    struct sync_choice choice = {
        .kind = STEP_LEAVE_OUT,
        .same = find_loaded(roles, roles->order.files, file),
        .reissued = find_loaded(roles, roles->order.reissues, file)};
    enum sync_role role =
        choice.reissued == SYNC_NONE ? ROLE_IDLE : roles->of[choice.reissued];

    if (is_kept(roles, choice.same)) {
        choice.kind = STEP_KEEP;
    } else if (role == ROLE_BLOCKED || role == ROLE_FIXED) {
        choice.reason = role == ROLE_FIXED ? REASON_NOT_ON_TOP : REASON_BLOCKED;
        choice.other = roles->blockers[choice.reissued];
    } else if (!goes_on(payload, top)) {
        choice.reason = REASON_NOT_ON_TOP;
        choice.other = top->name;
    } else {
        choice.reason = reason_to_load(roles, choice.same, choice.reissued);
        choice.kind = choice.reason == REASON_UPLOADED ? STEP_APPLY : STEP_LOAD;
        *top = (struct sync_top){
            top->is_known, kept_id_view(&payload->own),
            choice.reason == REASON_UPLOADED
                ? sync_roles_loaded(roles, choice.same)->entry->name
                : payload->name};
    }
    return choice;
}

/* Whether the loaded payload is applied and was to be taken out for a file that
 * is left out: then it is fixed. */
static bool fix(struct sync_roles *roles, size_t i, const char *below)
{
    if (i == SYNC_NONE || !sync_roles_loaded(roles, i)->place ||
        (roles->of[i] != ROLE_MOVED && roles->of[i] != ROLE_REISSUED)) {
        return false;
    }
    roles->of[i] = ROLE_FIXED;
    roles->blockers[i] = below;
    return true;
}

/* The lowest that would not go back; false: there is none (any more). */
static bool fix_lowest(struct sync_roles *roles)
{
    struct sync_top top = sync_roles_top(roles);

    for (size_t k = 0; k < roles->order.nr; k++) {
        struct sync_choice choice =
            sync_roles_choose(roles, roles->order.places[k], &top);

        if (choice.kind == STEP_LEAVE_OUT &&
            choice.reason == REASON_NOT_ON_TOP &&
            (fix(roles, choice.same, choice.other) ||
             fix(roles, choice.reissued, choice.other))) {
            return true;
        }
    }
    return false;
}

/* Ends, as each round fixes one more of those that are applied. */
static void settle(struct sync_roles *roles)
{
    do {
        find_blocked(roles);
    } while (fix_lowest(roles));
}

static int allocate(struct sync_roles *roles)
{
    size_t nr = roles->view->loaded->nr + 1;

    roles->of = calloc(nr, sizeof(*roles->of));
    roles->reasons = calloc(nr, sizeof(*roles->reasons));
    roles->blockers = calloc(nr, sizeof(*roles->blockers));
    return roles->of && roles->reasons && roles->blockers ? 0 : -ENOMEM;
}

int sync_roles_make(const struct sync_view *view, struct sync_roles *roles)
{
    int rc;

    *roles = (struct sync_roles){.view = view};
    rc = sync_order_make(view, &roles->order);
    if (rc) {
        return rc;
    }
    rc = allocate(roles);
    if (rc) {
        sync_roles_free(roles);
        return rc;
    }
    for (size_t i = 0; i < view->loaded->nr; i++) {
        roles->of[i] = judge(roles, i);
    }
    settle(roles);
    return 0;
}

void sync_roles_free(struct sync_roles *roles)
{
    free(roles->of);
    free(roles->reasons);
    free(roles->blockers);
    sync_order_free(&roles->order);
}
