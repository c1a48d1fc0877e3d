/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads the folders, asks the hypervisor, compares, tells what is not to be
 * done and why, has the rest done.
 */
#include "sync/sync_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "hypervisor/hypervisor_identity.h"
#include "lib/report.h"
#include "lib/safe_text.h"
#include "sync/kept_files.h"
#include "sync/sync_changes.h"
#include "sync/sync_preview.h"
#include "sync/sync_words.h"

#define MS_PER_S 1000

static enum outcome read_folders(struct session *session,
                                 const struct sync_folders *folders,
                                 const struct crash_guard *guard,
                                 struct payload_folder *folder)
{
    enum outcome outcome = session_connect(session);
    struct hypervisor_identity identity;

    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    if (hypervisor_identify(&session->client, &identity)) {
        identity.build_id_bytes = 0; /* overview_take() will say why */
    }
    return sync_folders_read(
               folders,
               (struct build_id){identity.build_id, identity.build_id_bytes},
               guard, folder, session->err)
               ? OUTCOME_BAD_FILE
               : OUTCOME_DONE;
}

/* With folder and overview there: what is loaded, and the plan. */
static int compare(struct session *session, bool wants_prune,
                   struct sync_comparison *comparison)
{
    const struct hypervisor_identity *identity = &comparison->overview.identity;
    int rc =
        loaded_take(session, &comparison->overview.list, &comparison->loaded);

    if (rc) {
        return rc;
    }
    comparison->view = (struct sync_view){
        .folder = &comparison->folder,
        .loaded = &comparison->loaded,
        .running = {identity->build_id, identity->build_id_bytes},
        .wants_prune = wants_prune,
    };
    rc = sync_plan_make(&comparison->view, &comparison->plan);
    if (rc) {
        loaded_free(&comparison->loaded);
    }
    return rc;
}

enum outcome sync_compare(struct session *session,
                          const struct sync_folders *folders,
                          const struct crash_guard *guard, bool wants_prune,
                          struct sync_comparison *comparison)
{
    enum outcome outcome =
        read_folders(session, folders, guard, &comparison->folder);

    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    outcome = overview_take(session, "sync", &comparison->overview);
    if (outcome != OUTCOME_DONE) {
        payload_folder_free(&comparison->folder);
        return outcome;
    }
    if (compare(session, wants_prune, comparison)) {
        fputs("xen-livepatch: sync: no memory.\n", session->err);
        overview_free(&comparison->overview);
        payload_folder_free(&comparison->folder);
        return OUTCOME_FAILED;
    }
    return OUTCOME_DONE;
}

void sync_comparison_free(struct sync_comparison *comparison)
{
    sync_plan_free(&comparison->plan);
    loaded_free(&comparison->loaded);
    payload_folder_free(&comparison->folder);
    overview_free(&comparison->overview);
}

/* What is amiss goes to `err`; a bad file was complained of when it was read.
 */
static void tell_step(struct session *session, const struct sync_view *view,
                      const struct sync_step *step)
{
    bool is_told = step->kind == STEP_LEAVE_OUT && step->fit == SYNC_BAD;
    bool is_amiss = sync_step_outcome(step) != OUTCOME_DONE;

    if (is_told || (!is_amiss && (session->options.is_quiet ||
                                  session->options.wants_json))) {
        return;
    }
    sync_step_print(view, step, is_amiss ? session->err : session->out);
}

static void tell_flaws(struct session *session, const struct flaws *flaws)
{
    for (size_t i = 0; i < flaws->nr; i++) {
        fputs("xen-livepatch: sync: ", session->err);
        safe_print(session->err, flaws->texts[i], strlen(flaws->texts[i]));
        fputs(". Mend it, or remove it.\n", session->err);
    }
}

/* Whether a dry run asks the hypervisor about step i: the first change. It is
 * reported then. */
static bool is_to_be_asked(struct session *session,
                           const struct sync_comparison *comparison, size_t i)
{
    return session->options.is_dry_run && comparison->loaded.has_extension &&
           i == sync_plan_first_change(&comparison->plan);
}

/* All steps of a dry run, else the notes. The worst of what they say; a payload
 * that is not loaded counts more than one that is held back. */
static enum outcome tell_plan(struct session *session,
                              const struct sync_comparison *comparison,
                              const struct sync_changes *changes)
{
    enum outcome worst = OUTCOME_DONE;

    tell_flaws(session, &comparison->plan.flaws);
    for (size_t i = 0; i < comparison->plan.nr; i++) {
        const struct sync_step *step = &comparison->plan.steps[i];
        enum outcome outcome = sync_step_outcome(step);

        if (!sync_step_changes(step) || session->options.is_dry_run) {
            tell_step(session, &comparison->view, step);
            if (!is_to_be_asked(session, comparison, i)) {
                sync_changes_report(changes, step);
            }
        }
        if (outcome != OUTCOME_DONE && worst != OUTCOME_FAILED) {
            worst = outcome;
        }
    }
    fflush(session->out);
    return worst;
}

static void add_load(struct sync_loads *loads, const struct sync_step *step)
{
    size_t length = strlen(loads->names);

    snprintf(loads->names + length, sizeof(loads->names) - length, "%s%s",
             length ? ", " : "", step->name);
    guard_set_add(&loads->payloads, &step->file->own);
}

/* Whether the payload of the folders that is kept shares the trial: it is as
 * likely to be to blame for a crash as what is loaded now. */
static bool is_untried(const struct sync *sync, const struct sync_step *step)
{
    return step->kind == STEP_KEEP && step->file->own.nr_bytes &&
           !guard_set_has(&sync->guard->proven, &step->file->own) &&
           (!step->loaded->applied_ms ||
            machine_now_ms() - step->loaded->applied_ms <
                (int64_t)sync->trial_s * MS_PER_S);
}

/* What will be loaded or applied, then what else is on trial with it; false:
 * nothing will be. */
static bool list_loads(const struct sync *sync, const struct sync_plan *plan,
                       struct sync_loads *loads)
{
    bool is_any = false;

    *loads = (struct sync_loads){.payloads = {.nr = 0}};
    for (size_t i = 0; i < plan->nr; i++) {
        if (plan->steps[i].kind == STEP_LOAD ||
            plan->steps[i].kind == STEP_APPLY) {
            add_load(loads, &plan->steps[i]);
            is_any = true;
        }
    }
    for (size_t i = 0; i < plan->nr && is_any; i++) {
        if (is_untried(sync, &plan->steps[i])) {
            add_load(loads, &plan->steps[i]);
        }
    }
    return is_any;
}

/* A build that is loaded can go back only when a copy of it is there. */
static void keep_copies(struct session *session, const struct sync_plan *plan)
{
    for (size_t i = 0; i < plan->nr; i++) {
        const struct sync_step *step = &plan->steps[i];
        char *copy;

        if (step->kind != STEP_KEEP || !step->loaded->own.nr_bytes) {
            continue;
        }
        copy = kept_file_find(session->options.state_dir, &step->file->own);
        if (!copy) {
            sync_changes_keep(session, step->file);
        }
        free(copy);
    }
}

static enum outcome change(struct session *session, const struct sync *sync,
                           const struct sync_comparison *comparison,
                           const struct sync_changes *changes)
{
    enum outcome outcome = OUTCOME_DONE;
    struct sync_loads loads;

    if (session->options.is_dry_run) {
        return comparison->loaded.has_extension
                   ? sync_changes_ask(session, changes)
                   : outcome;
    }
    kept_files_clean(session->options.state_dir, &comparison->loaded);
    keep_copies(session, &comparison->plan);
    if (list_loads(sync, &comparison->plan, &loads)) {
        outcome = sync->before_loading(session, sync->closure, &loads);
    }
    return outcome == OUTCOME_DONE ? sync_changes_do(session, changes)
                                   : outcome;
}

/* Until nothing is taken out for a file that would be refused. Each round marks
 * one more at least. */
static enum outcome preview(struct session *session,
                            struct sync_comparison *comparison)
{
    while (sync_preview(session, &comparison->view, &comparison->plan,
                        &comparison->folder)) {
        struct sync_plan plan;

        if (sync_plan_make(&comparison->view, &plan)) {
            fputs("xen-livepatch: sync: no memory.\n", session->err);
            return OUTCOME_FAILED;
        }
        sync_plan_free(&comparison->plan);
        comparison->plan = plan;
    }
    return OUTCOME_DONE;
}

enum outcome sync_run(struct session *session, struct sync *sync)
{
    struct sync_comparison comparison;
    struct sync_changes changes = {.plan = &comparison.plan,
                                   .view = &comparison.view};
    enum outcome outcome = sync_compare(session, &sync->folders, sync->guard,
                                        sync->wants_prune, &comparison);
    enum outcome note;

    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    outcome = preview(session, &comparison);
    if (outcome != OUTCOME_DONE) {
        sync_comparison_free(&comparison);
        return outcome;
    }
    for (size_t i = 0; i < comparison.plan.nr; i++) {
        sync->holds_back |=
            sync_step_outcome(&comparison.plan.steps[i]) == OUTCOME_HELD_BACK;
    }
    changes.list = report_add_list(session->report, "payloads");
    note = tell_plan(session, &comparison, &changes);
    outcome = change(session, sync, &comparison, &changes);
    sync_comparison_free(&comparison);
    return outcome == OUTCOME_DONE ? note : outcome;
}
