/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads the folder, asks the hypervisor what it has, puts the payloads in
 * order, says which do not fit, prunes, loads what is missing.
 */
#include "sync/sync_run.h"

#include <errno.h>
#include <string.h>

#include "action/action.h"
#include "action/load.h"
#include "lib/report.h"
#include "session/overview.h"
#include "sync/crash_guard.h"
#include "sync/sync_order.h"

struct work {
    struct session *session;
    const struct sync *sync;
    struct payload_folder folder;
    struct overview overview;
    struct sync_order order;
    struct json_object *list; /* "payloads" of the report */
};

static bool is_applied(const void *loaded, const char *name)
{
    const struct payload_entry *entry = payload_list_find(loaded, name);

    return entry && entry->status.state == PAYLOAD_APPLIED;
}

static struct json_object *report_step(struct work *work, const char *name,
                                       const char *what)
{
    struct json_object *step = report_list_object(work->list);

    report_add_text(step, "name", name);
    report_add_text(step, "step", what);
    return step;
}

/* Do one step with what it reports as a part of the list. */
static enum outcome run_step(struct work *work, const char *name,
                             const char *what,
                             enum outcome (*run)(struct work *, const void *),
                             const void *subject)
{
    struct json_object *whole = work->session->report;
    enum outcome outcome;

    work->session->report = report_step(work, name, what);
    outcome = run(work, subject);
    report_add_number(work->session->report, "exit_status", outcome);
    work->session->report = whole;
    return outcome;
}

static void print_id(struct session *session, struct build_id id)
{
    if (!session->options.is_quiet && !session->options.wants_json) {
        build_id_print(id, session->out);
    }
}

static void tell_other_hypervisor(struct session *session,
                                  const struct folder_payload *payload,
                                  struct build_id running)
{
    session_say(session, "%s: built for hypervisor ", payload->name);
    print_id(session, payload->hypervisor.nr_bytes ? payload->hypervisor
                                                   : payload->below);
    session_say(session, ", this one is ");
    print_id(session, running);
    session_say(session, ": left out\n");
}

static enum outcome tell_misfit(struct work *work, size_t i,
                                struct build_id running)
{
    const struct folder_payload *payload = &work->folder.payloads[i];
    struct session *session = work->session;

    switch (work->order.fits[i]) {
    case SYNC_FITS:
        return OUTCOME_DONE;
    case SYNC_OTHER_HYPERVISOR:
        report_step(work, payload->name, "for another hypervisor");
        tell_other_hypervisor(session, payload, running);
        return OUTCOME_DONE;
    case SYNC_PLACE_TAKEN:
        report_step(work, payload->name, "place taken");
        fprintf(session->err,
                "%s: not loaded: another payload of the folder goes on top of "
                "the same. Remove one, or give an order in %s/order.\n",
                payload->name, work->sync->folder);
        return OUTCOME_FAILED;
    default:
        report_step(work, payload->name, "nothing below");
        fprintf(session->err, "%s: not loaded: it goes on top of ",
                payload->name);
        build_id_print(payload->below, session->err);
        fprintf(session->err, ", which is not in %s.\n", work->sync->folder);
        return OUTCOME_FAILED;
    }
}

static enum outcome tell_misfits(struct work *work, struct build_id running)
{
    enum outcome worst = OUTCOME_DONE;

    for (size_t i = 0; i < work->folder.nr; i++) {
        enum outcome outcome = tell_misfit(work, i, running);

        worst = outcome != OUTCOME_DONE ? outcome : worst;
    }
    return worst;
}

static bool is_wanted(const struct work *work, const char *name)
{
    for (size_t i = 0; i < work->folder.nr; i++) {
        if (work->order.fits[i] != SYNC_OTHER_HYPERVISOR &&
            !strcmp(work->folder.payloads[i].name, name)) {
            return true;
        }
    }
    return false;
}

static enum outcome prune_one(struct work *work, const void *subject)
{
    const char *name = subject;
    enum outcome outcome = action_run(work->session, PAYLOAD_REVERT, name, 0);

    if (outcome != OUTCOME_DONE || work->session->options.is_dry_run) {
        return outcome;
    }
    return action_run(work->session, PAYLOAD_UNLOAD, name, 0);
}

/* From the payload that was uploaded last to the first. */
static enum outcome prune(struct work *work)
{
    enum outcome outcome = OUTCOME_DONE;

    for (size_t i = work->overview.list.nr; i-- && outcome == OUTCOME_DONE;) {
        const struct payload_entry *entry = &work->overview.list.entries[i];

        if (entry->status.state == PAYLOAD_APPLIED &&
            !is_wanted(work, entry->name)) {
            outcome =
                run_step(work, entry->name, "pruned", prune_one, entry->name);
        }
    }
    return outcome;
}

static const struct folder_payload *placed(const struct work *work, size_t i)
{
    return &work->folder.payloads[work->order.places[i]];
}

/* The names of what is to be loaded, as a text; their number. */
static size_t name_missing(const struct work *work, char *names,
                           size_t nr_bytes)
{
    size_t length = 0;
    size_t nr = 0;

    names[0] = '\0';
    for (size_t i = 0; i < work->order.nr; i++) {
        const char *name = placed(work, i)->name;

        if (is_applied(&work->overview.list, name)) {
            continue;
        }
        if (length < nr_bytes) {
            length += (size_t)snprintf(names + length, nr_bytes - length,
                                       "%s%s", nr ? ", " : "", name);
        }
        nr++;
    }
    return nr;
}

static enum outcome bring(struct work *work, const void *subject)
{
    const struct folder_payload *payload = subject;

    return payload_list_find(&work->overview.list, payload->name)
               ? action_run(work->session, PAYLOAD_APPLY, payload->name,
                            payload->flags)
               : load_run(work->session, payload->name, payload->path,
                          payload->flags);
}

static enum outcome bring_all(struct work *work, size_t nr_missing)
{
    enum outcome outcome = OUTCOME_DONE;
    size_t nr_done = 0;

    for (size_t i = 0; i < work->order.nr && outcome == OUTCOME_DONE; i++) {
        const struct folder_payload *payload = placed(work, i);

        if (is_applied(&work->overview.list, payload->name)) {
            report_step(work, payload->name, "applied already");
            session_say(work->session, "%s: applied already\n", payload->name);
            continue;
        }
        session_progress(work->session, "xen-livepatch: %zu of %zu: %s\n",
                         ++nr_done, nr_missing, payload->name);
        outcome = run_step(work, payload->name, "loaded", bring, payload);
    }
    return outcome;
}

static enum outcome load_missing(struct work *work)
{
    char names[GUARD_NAMES_BYTES];
    size_t nr_missing = name_missing(work, names, sizeof(names));
    enum outcome outcome = OUTCOME_DONE;

    if (nr_missing && !work->session->options.is_dry_run) {
        outcome = work->sync->before_loading(work->session, work->sync->closure,
                                             names);
    }
    return outcome == OUTCOME_DONE ? bring_all(work, nr_missing) : outcome;
}

static enum outcome bring_in_order(struct work *work, struct build_id running)
{
    enum outcome misfit = tell_misfits(work, running);
    enum outcome outcome = OUTCOME_DONE;

    if (work->sync->wants_prune) {
        outcome = prune(work);
    }
    if (outcome == OUTCOME_DONE) {
        outcome = load_missing(work);
    }
    if (outcome == OUTCOME_DONE) {
        outcome = misfit;
    }
    return outcome == OUTCOME_DONE && work->folder.nr_bad ? OUTCOME_BAD_FILE
                                                          : outcome;
}

static enum outcome put_in_order(struct work *work)
{
    const struct hypervisor_identity *identity = &work->overview.identity;
    struct build_id running = {identity->build_id, identity->build_id_bytes};
    enum outcome outcome = OUTCOME_FAILED;

    if (sync_order_make(&work->folder, running, is_applied,
                        &work->overview.list, &work->order)) {
        fputs("xen-livepatch: sync: no memory.\n", work->session->err);
        return outcome;
    }
    work->list = report_add_list(work->session->report, "payloads");
    outcome = bring_in_order(work, running);
    sync_order_free(&work->order);
    return outcome;
}

enum outcome sync_run(struct session *session, const struct sync *sync)
{
    struct work work = {.session = session, .sync = sync};
    enum outcome outcome;

    if (payload_folder_read(sync->folder, &work.folder, session->err)) {
        return OUTCOME_BAD_FILE;
    }
    outcome = overview_take(session, "sync", &work.overview);
    if (outcome == OUTCOME_DONE) {
        outcome = put_in_order(&work);
        overview_free(&work.overview);
    }
    payload_folder_free(&work.folder);
    return outcome;
}
