/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads one source after the other, and puts what it says into plain facts.
 */
#include "judgement/survey.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "hypervisor/extension.h"
#include "session/machine.h"
#include "sync/sync_folders.h"

#define MS_PER_S 1000

static int64_t boot_ms(void)
{
    return machine_now_ms() - (int64_t)machine_uptime_s() * MS_PER_S;
}

static void read_log(struct survey *survey, const char *path)
{
    struct facts *facts = &survey->facts;

    machine_boot_id(survey->boot);
    facts->log_path = path;
    facts->log_error = path ? -deed_history_read(path, &survey->log) : 0;
}

/* The stop that the log knows last of this boot. */
static void find_last_stop(const struct survey *survey,
                           struct stop_facts *stops)
{
    for (size_t i = survey->log.nr; i--;) {
        struct past_deed deed = deed_history_at(&survey->log, i);

        if (past_deed_is_of(&deed, survey->boot) &&
            (deed.stop_ns || deed.nr_late)) {
            stops->last_ns = deed.stop_ns;
            stops->nr_late = (uint64_t)deed.nr_late;
            return;
        }
    }
}

static void ask_stops(struct session *session, struct survey *survey)
{
    struct stop_facts *stops = &survey->facts.stops;
    struct livepatch_ext_summary summary = {0};

    find_last_stop(survey, stops);
    stops->is_counted = !extension_read_summary(&session->client, &summary);
    stops->nr = summary.nr_stops;
    stops->nr_missed = summary.nr_missed;
    if (summary.stop.nr) {
        stops->last_ns = (int64_t)summary.stop.last;
    }
}

static enum guard_facts judge_guard(struct crash_guard *guard, int rc)
{
    crash_guard_judge(guard);
    if (rc == -EBADMSG) {
        return GUARD_UNREADABLE;
    }
    if (rc) {
        return GUARD_NOT_KNOWN;
    }
    if (guard->is_held) {
        return guard->held.payloads.is_all ? GUARD_HELD_ALL : GUARD_HELD;
    }
    return GUARD_QUIET;
}

static void read_guard(struct survey *survey, const char *state_dir)
{
    struct crash_guard *guard = &survey->guard;
    struct facts *facts = &survey->facts;
    int rc = crash_guard_read(state_dir, guard);

    facts->guard = judge_guard(guard, rc);
    facts->guard_error = -rc;
    facts->state_dir = state_dir;
    facts->held_names = guard->held.names;
    facts->held_trial_s = guard->held.trial_s;
    facts->trial_names = guard->is_on_trial ? guard->trial.names : NULL;
    facts->trial_left_s = crash_guard_left_s(guard);
    facts->sync_status =
        guard->synced_ms >= boot_ms() ? guard->synced_status : 0;
}

/* The words on one line, without the last full stop: a point has its own. */
static void put_on_one_line(char *text)
{
    size_t length = strlen(text);

    while (length && strchr(".\n", text[length - 1])) {
        text[--length] = '\0';
    }
    for (char *newline = text; (newline = strchr(newline, '\n'));) {
        *newline = ' ';
    }
}

/* A folder that cannot be read is an empty one, and that is a trouble. */
static int read_folder(struct session *session, struct survey *survey)
{
    const struct hypervisor_identity *identity = &survey->overview.identity;
    const struct sync_folders folders = sync_folders_of(&session->options);
    bool is_chosen = option_is_given(&session->options, OPTION_DIR);
    size_t nr_bytes;
    FILE *words = open_memstream(&survey->trouble, &nr_bytes);
    int rc;

    if (!words) {
        return -ENOMEM;
    }
    rc = sync_folders_read(
        &folders,
        (struct build_id){identity->build_id, identity->build_id_bytes},
        &survey->guard, &survey->folder, words);
    if (fclose(words) || rc == -ENOMEM) {
        return -ENOMEM;
    }
    if (rc && (is_chosen || rc != -ENOENT)) {
        put_on_one_line(survey->trouble);
        survey->facts.folder_trouble = survey->trouble;
    }
    return 0;
}

/* The log's state is a fact of its own, so nothing is said of it here. */
static int take_loaded(struct session *session, struct survey *survey)
{
    FILE *err = session->err;
    char *words = NULL;
    size_t nr_bytes;
    int rc;

    session->err = open_memstream(&words, &nr_bytes);
    if (!session->err) {
        session->err = err;
        return -ENOMEM;
    }
    rc = loaded_take(session, &survey->overview.list, &survey->loaded);
    fclose(session->err);
    session->err = err;
    free(words);
    return rc;
}

static int compare_folder(struct survey *survey)
{
    const struct hypervisor_identity *identity = &survey->overview.identity;

    survey->view = (struct sync_view){
        .folder = &survey->folder,
        .loaded = &survey->loaded,
        .running = {identity->build_id, identity->build_id_bytes},
    };
    return sync_plan_make(&survey->view, &survey->plan);
}

static int take_loaded_facts(struct survey *survey)
{
    const struct loaded *loaded = &survey->loaded;
    struct loaded_facts *facts = calloc(loaded->nr + 1, sizeof(*facts));

    if (!facts) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < loaded->nr; i++) {
        const struct loaded_payload *payload = &loaded->payloads[i];

        facts[i] = (struct loaded_facts){
            .name = payload->entry->name,
            .status = payload->entry->status,
            .is_spent = payload->is_spent,
        };
    }
    survey->loaded_facts = facts;
    survey->facts.loaded = facts;
    survey->facts.nr_loaded = loaded->nr;
    return 0;
}

static void mark_unwanted(struct survey *survey)
{
    for (size_t i = 0; i < survey->plan.nr; i++) {
        const struct sync_step *step = &survey->plan.steps[i];

        if (step->kind == STEP_STAYS && step->reason == REASON_UNWANTED) {
            survey->loaded_facts[step->loaded - survey->loaded.payloads]
                .is_unwanted = true;
        }
    }
}

static int take_facts(struct session *session, struct survey *survey)
{
    const struct file_view view = {&survey->view, &survey->plan, boot_ms()};
    int rc;

    read_log(survey, session->options.log_path);
    ask_stops(session, survey);
    read_guard(survey, session->options.state_dir);
    rc = take_loaded(session, survey);
    rc = rc ? rc : read_folder(session, survey);
    rc = rc ? rc : compare_folder(survey);
    rc = rc ? rc : take_loaded_facts(survey);
    rc = rc ? rc : file_facts_take(&view, &survey->files);
    if (!rc && !survey->facts.folder_trouble) {
        mark_unwanted(survey);
    }
    survey->facts.files = survey->files.files;
    survey->facts.nr_files = survey->files.nr;
    survey->facts.flaws = survey->plan.flaws.texts;
    survey->facts.nr_flaws = survey->plan.flaws.nr;
    return rc ? rc : judge(&survey->facts, &survey->judgement);
}

enum outcome survey_take(struct session *session, const char *verb,
                         struct survey *survey)
{
    enum outcome outcome;

    *survey = (struct survey){.trouble = NULL};
    outcome = overview_take(session, verb, &survey->overview);
    if (outcome == OUTCOME_DONE && take_facts(session, survey)) {
        fprintf(session->err, "xen-livepatch: %s: no memory.\n", verb);
        outcome = OUTCOME_FAILED;
    }
    return outcome;
}

void survey_free(struct survey *survey)
{
    judgement_free(&survey->judgement);
    file_facts_free(&survey->files);
    free(survey->loaded_facts);
    free(survey->trouble);
    sync_plan_free(&survey->plan);
    payload_folder_free(&survey->folder);
    loaded_free(&survey->loaded);
    deed_history_free(&survey->log);
    overview_free(&survey->overview);
}
