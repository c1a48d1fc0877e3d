/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the answers mean. One that may be due to payloads which will have gone,
 * or will have come, when the file is loaded says nothing of the file.
 */
#include "sync/sync_preview.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "action/dry_run.h"
#include "lib/loader/trial.h"
#include "lib/payload_file.h"
#include "sync/kept_files.h"

#define NAME_BYTES 128

/* The first reason of a trial that counts. */
struct hearing {
    bool is_stock;
    char *text;
};

static void hear_finding(void *arg, const struct trial_finding *finding)
{
    struct hearing *hearing = arg;

    if (hearing->text || (hearing->is_stock && finding->is_taken_by_stock)) {
        return;
    }
    if (asprintf(&hearing->text, "its file would be refused: %s: %s",
                 strerrorname_np(-finding->error), finding->text) < 0) {
        hearing->text = NULL;
    }
}

static void hear_nothing(void *arg, const char *text)
{
    (void)arg;
    (void)text;
}

/* Allocated; NULL: nothing is against it. */
static char *try_here(const struct sync_view *view,
                      const struct sync_step *step,
                      const struct payload_file *file, FILE *nowhere)
{
    struct hearing hearing = {.is_stock = !view->loaded->has_extension};
    const struct trial trial = {
        .running = view->running,
        .payload = {step->name, file->bytes, file->nr_bytes},
        .listener = {hear_finding, hear_nothing, hear_nothing, &hearing},
    };

    trial_run(&trial, nowhere);
    return hearing.text;
}

/* The old build has the name, and perhaps symbols, until it is unloaded; memory
 * and time may be there later. */
static bool says_nothing(int rc)
{
    return !rc || rc == -EEXIST || rc == -ENOMEM || rc == -EBUSY ||
           rc == -EAGAIN;
}

/* Allocated; NULL: nothing is against it. *is_answered: it was asked. */
static char *ask_hypervisor(struct session *session,
                            const struct sync_step *step,
                            const struct payload_file *file, bool *is_answered)
{
    const struct client_upload payload = {file->bytes, file->nr_bytes,
                                          session->options.is_forced};
    struct dry_run run = {.asked = {.action = 0}};
    char name[NAME_BYTES];
    char *text = NULL;
    int rc;

    snprintf(name, sizeof(name), "%.*s.new", NAME_BYTES - 5, step->name);
    rc = dry_run_upload(session, name, &payload, &run);
    *is_answered = run.asked.is_answered;
    if (!*is_answered || says_nothing(rc)) {
        return NULL;
    }
    dry_run_tell_log(session, &run, OUTCOME_FAILED);
    return asprintf(&text, "the hypervisor would refuse its file (%d, %s)", -rc,
                    strerror(-rc)) < 0
               ? NULL
               : text;
}

/* A file that cannot be read now is found out when it is to be loaded. */
static char *find_refusal(struct session *session, const struct sync_view *view,
                          const struct sync_step *step, bool is_first)
{
    FILE *nowhere = fopen("/dev/null", "we");
    struct payload_file file;
    bool is_answered = false;
    char *text = NULL;

    if (!nowhere) {
        return NULL;
    }
    if (!payload_file_read(step->file->path, &file, nowhere)) {
        if (is_first && view->loaded->has_extension) {
            text = ask_hypervisor(session, step, &file, &is_answered);
        }
        if (!is_answered) {
            text = try_here(view, step, &file, nowhere);
        }
        payload_file_free(&file);
    }
    fclose(nowhere);
    return text;
}

/* Allocated; NULL: the old build can go back, or sync never had it. */
static char *find_lack(struct session *session, const struct sync_step *step)
{
    char *text = NULL;

    if (kept_file_is_lost(session->options.state_dir, &step->loaded->own) &&
        asprintf(&text,
                 "the copy of that build with which it could go back could not "
                 "be kept, or is damaged. To exchange it all the same: "
                 "xen-livepatch revert --unload %s; xen-livepatch sync",
                 step->loaded->entry->name) < 0) {
        text = NULL;
    }
    return text;
}

size_t sync_preview(struct session *session, const struct sync_view *view,
                    const struct sync_plan *plan, struct payload_folder *folder)
{
    bool is_first = true;
    size_t nr_marked = 0;

    for (size_t i = 0; i < plan->nr; i++) {
        const struct sync_step *step = &plan->steps[i];
        struct folder_payload *file;

        if (step->kind == STEP_LOAD && step->reason == REASON_REISSUED &&
            step->loaded->place) {
            file = payload_folder_find(folder, step->name);
            file->obstacle = find_refusal(session, view, step, is_first);
            if (!file->obstacle) {
                file->obstacle = find_lack(session, step);
            }
            nr_marked += file->obstacle != NULL;
        }
        is_first = is_first && step->kind < STEP_LOAD;
    }
    return nr_marked;
}
