/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Three stretches of the plan: reverts (in one stop where the hypervisor can),
 * unloads, loads. What was reverted is looked at again from the lowest on when
 * something fails: one that is still loaded is applied, one that is gone is
 * loaded from its file or from the copy that sync keeps.
 */
#include "sync/sync_changes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "action/action.h"
#include "action/action_set.h"
#include "action/load.h"
#include "lib/report.h"
#include "lib/safe_text.h"
#include "session/signal_block.h"
#include "sync/kept_files.h"
#include "sync/sync_words.h"

struct json_object *sync_changes_report(const struct sync_changes *changes,
                                        const struct sync_step *step)
{
    struct json_object *object = report_list_object(changes->list);

    report_add_text(object, "name", step->name);
    report_add_text(object, "step", sync_step_word(step));
    if (sync_reason_word(step)) {
        report_add_text(object, "reason", sync_reason_word(step));
    }
    return object;
}

static const struct sync_step *step_at(const struct sync_changes *changes,
                                       size_t i)
{
    return &changes->plan->steps[i];
}

void sync_changes_keep(struct session *session,
                       const struct folder_payload *file)
{
    int rc = kept_file_save(session->options.state_dir, file->path, &file->own);

    if (rc) {
        fprintf(session->err,
                "xen-livepatch: sync: no copy of %s can be kept in %s: %s. A "
                "reissued build will not replace it until there is one.\n",
                file->name, session->options.state_dir, strerror(-rc));
    }
}

static enum outcome load(struct session *session, const struct sync_step *step)
{
    const struct folder_payload *file = step->file;
    enum outcome outcome =
        load_run(session, file->name, file->path, file->flags, &file->own);

    if (outcome == OUTCOME_DONE && !session->options.is_dry_run) {
        sync_changes_keep(session, file);
    }
    return outcome;
}

static enum outcome do_step(struct session *session,
                            const struct sync_step *step)
{
    switch (step->kind) {
    case STEP_REVERT:
        return action_run(session, PAYLOAD_REVERT, step->name, 0);
    case STEP_UNLOAD:
        return action_run(session, PAYLOAD_UNLOAD, step->name, 0);
    case STEP_APPLY:
        return action_run(session, PAYLOAD_APPLY, step->name,
                          step->file->flags);
    default:
        return load(session, step);
    }
}

/* Do one step with what it reports as a part of the list. */
static enum outcome run_step(struct session *session,
                             const struct sync_changes *changes,
                             const struct sync_step *step)
{
    struct json_object *whole = session->report;
    enum outcome outcome;

    session->report = sync_changes_report(changes, step);
    outcome = do_step(session, step);
    report_add_number(session->report, "exit_status", outcome);
    session->report = whole;
    return outcome;
}

/* As many reverts from `first` on as one stop takes; *nr of them. */
static enum outcome revert_set(struct session *session,
                               const struct sync_changes *changes, size_t first,
                               size_t *nr)
{
    struct json_object *whole = session->report;
    char *names[LIVEPATCH_EXT_MAX_SET];
    struct action_set set = {PAYLOAD_REVERT, names, 0, 0};
    enum outcome outcome;

    while (set.nr < LIVEPATCH_EXT_MAX_SET &&
           first + set.nr < changes->plan->nr &&
           step_at(changes, first + set.nr)->kind == STEP_REVERT) {
        names[set.nr] = (char *)step_at(changes, first + set.nr)->name;
        set.nr++;
    }
    *nr = set.nr;
    if (set.nr == 1) {
        return run_step(session, changes, step_at(changes, first));
    }
    session->report = sync_changes_report(changes, step_at(changes, first));
    outcome = action_set_run(session, &set);
    report_add_number(session->report, "exit_status", outcome);
    session->report = whole;
    return outcome;
}

/* Do step i, or as many from it on as one stop takes; *nr of them. */
static enum outcome run_at(struct session *session,
                           const struct sync_changes *changes, size_t i,
                           size_t *nr)
{
    const struct sync_step *step = step_at(changes, i);

    *nr = 1;
    return step->kind == STEP_REVERT && changes->view->loaded->has_extension
               ? revert_set(session, changes, i, nr)
               : run_step(session, changes, step);
}

enum outcome sync_changes_ask(struct session *session,
                              const struct sync_changes *changes)
{
    size_t first = sync_plan_first_change(changes->plan);
    size_t nr;

    return first == SYNC_NONE ? OUTCOME_DONE
                              : run_at(session, changes, first, &nr);
}

/* Whether something that was applied before is not yet back at step `i`. */
static bool is_something_out(const struct sync_changes *changes, size_t i)
{
    for (; i < changes->plan->nr; i++) {
        const struct sync_step *step = step_at(changes, i);

        if (step->kind == STEP_UNLOAD ||
            (step->kind == STEP_LOAD && (step->reason == REASON_REISSUED ||
                                         step->reason == REASON_PUT_BACK))) {
            return true;
        }
    }
    return false;
}

static bool is_interrupted(struct session *session,
                           const struct sync_changes *changes, size_t i)
{
    if (!signals_wait() || (step_at(changes, i)->kind >= STEP_LOAD &&
                            is_something_out(changes, i))) {
        return false;
    }
    fprintf(session->err,
            "xen-livepatch: sync: a signal ends it; what was done stays done, "
            "and the next sync goes on.\n");
    return true;
}

/* *reached is the step that failed; SYNC_NONE: none did, and nothing is out. */
static enum outcome run_steps(struct session *session,
                              const struct sync_changes *changes,
                              size_t *reached)
{
    const struct sync_plan *plan = changes->plan;
    enum outcome outcome = OUTCOME_DONE;
    bool has_begun = false;
    size_t nr_done = 0;

    for (size_t i = 0; i < plan->nr; i++) {
        const struct sync_step *step = step_at(changes, i);
        size_t nr;

        *reached = i;
        if (!sync_step_changes(step)) {
            continue;
        }
        if ((!has_begun || step->kind >= STEP_LOAD) &&
            is_interrupted(session, changes, i)) {
            *reached = SYNC_NONE;
            return OUTCOME_INTERRUPTED;
        }
        session->must_go_on = has_begun && is_something_out(changes, i);
        has_begun = true;
        session_progress(session, "xen-livepatch: %zu of %zu: %s\n", ++nr_done,
                         plan->nr_changes, step->name);
        outcome = run_at(session, changes, i, &nr);
        if (outcome != OUTCOME_DONE) {
            return outcome;
        }
        i += nr - 1;
        nr_done += nr - 1;
    }
    *reached = SYNC_NONE;
    return outcome;
}

/* What stands for a payload that is gone: its file, or the kept copy; NULL. */
static char *find_file(struct session *session, const struct sync_step *step)
{
    const struct kept_id *own = &step->loaded->own;

    if (step->file &&
        (!own->nr_bytes || kept_id_is(&step->file->own, kept_id_view(own)))) {
        return strdup(step->file->path);
    }
    return kept_file_find(session->options.state_dir, own);
}

static bool load_again(struct session *session, const struct sync_step *step)
{
    const struct kept_id *own = &step->loaded->own;
    char *path = find_file(session, step);
    bool is_back = path && load_run(session, step->name, path,
                                    step->file ? step->file->flags : 0,
                                    own->nr_bytes ? own : NULL) == OUTCOME_DONE;

    free(path);
    return is_back;
}

/* Whether the payload, or what has its name now, is applied afterwards. */
static bool put_back_one(struct session *session, const struct sync_step *step)
{
    struct payload_status status;
    int rc = client_get(&session->client, step->name, &status);

    if (rc == -ENOENT) {
        return load_again(session, step);
    }
    if (rc || status.state == PAYLOAD_APPLIED) {
        return !rc;
    }
    return action_run(session, PAYLOAD_APPLY, step->name,
                      step->file ? step->file->flags : 0) == OUTCOME_DONE;
}

/*
 * From the lowest of those reverted on, up to the first that does not go back:
 * the others go on top of it. What was pruned is not missed.
 */
static void put_back(struct session *session,
                     const struct sync_changes *changes, size_t reached)
{
    bool is_whole = true;

    for (size_t i = reached + 1; i--;) {
        const struct sync_step *step = step_at(changes, i);

        if (step->kind != STEP_REVERT || step->reason == REASON_PRUNED) {
            continue;
        }
        if (is_whole && put_back_one(session, step)) {
            continue;
        }
        fputs(is_whole ? "xen-livepatch: sync: NOT IN FORCE any more: " : ", ",
              session->err);
        is_whole = false;
        safe_print(session->err, step->name, strlen(step->name));
    }
    fputs(is_whole ? "" : ". Mend what failed, then: xen-livepatch sync\n",
          session->err);
}

enum outcome sync_changes_do(struct session *session,
                             const struct sync_changes *changes)
{
    size_t reached = SYNC_NONE;
    enum outcome outcome;

    signals_block();
    outcome = run_steps(session, changes, &reached);
    if (reached != SYNC_NONE) {
        struct json_object *whole = session->report;

        session->report = NULL;
        session->must_go_on = true;
        put_back(session, changes, reached);
        session->report = whole;
    }
    session->must_go_on = false;
    signals_let_come();
    return outcome;
}
