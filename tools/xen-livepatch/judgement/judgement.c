/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Each fact by itself, then sorted. What two facts say of one payload is said
 * once, by the heavier of them.
 */
#include "judgement/judgement.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/outcome.h"

/* A list that grows. */
struct list {
    struct judgement judgement;
    size_t capacity;
    bool has_no_memory;
};

/* Allocated; NULL: no memory. */
static __attribute__((format(printf, 1, 2))) char *say(const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    if (vasprintf(&text, format, arguments) < 0) {
        text = NULL;
    }
    va_end(arguments);
    return text;
}

static bool make_room(struct list *list)
{
    size_t capacity = list->capacity ? 2 * list->capacity : 16;
    struct attention_point *grown;

    if (list->judgement.nr < list->capacity) {
        return true;
    }
    grown = realloc(list->judgement.points, capacity * sizeof(*grown));
    if (grown) {
        list->judgement.points = grown;
        list->capacity = capacity;
    }
    return grown != NULL;
}

/* Takes the texts; one that is NULL is one that there was no memory for. */
static void add(struct list *list, enum attention_code code, const char *name,
                char *text, char *next)
{
    if (!text || !next || !make_room(list)) {
        free(text);
        free(next);
        list->has_no_memory = true;
        return;
    }
    list->judgement.points[list->judgement.nr] = (struct attention_point){
        .code = code,
        .level = attention_kinds[code].level,
        .name = name,
        .text = text,
        .next = next,
        .place = list->judgement.nr,
    };
    list->judgement.nr++;
}

#define TRUST                                                                  \
    "Find out why it went down, remove what is to blame, then: xen-livepatch " \
    "sync --trust"

static char *say_crash(const struct facts *facts, const char *consequence)
{
    return *facts->held_names
               ? say("the machine went down before it had run for %" PRIu64
                     " s with %s: %s",
                     facts->held_trial_s, facts->held_names, consequence)
               : say("the machine went down with payloads on trial, it is not "
                     "known which: %s",
                     consequence);
}

static void judge_guard(struct list *list, const struct facts *facts)
{
    switch (facts->guard) {
    case GUARD_QUIET:
    case GUARD_HELD: /* the files say it */
        break;
    case GUARD_HELD_ALL:
        add(list, ATTENTION_HELD_BACK, NULL,
            say_crash(facts, "sync holds all payloads back"), say(TRUST));
        break;
    case GUARD_UNREADABLE:
        add(list, ATTENTION_STATE_UNREADABLE, NULL,
            say("%s holds no state that can be read, perhaps after a crash: "
                "sync holds all payloads back",
                facts->state_dir),
            say("Find out whether and why the machine went down, then: "
                "xen-livepatch sync --trust"));
        break;
    case GUARD_NOT_KNOWN:
        add(list, ATTENTION_STATE_UNREADABLE, NULL,
            say("%s: %s: whether payloads are held back is not known",
                facts->state_dir, strerror(facts->guard_error)),
            say("Make it readable"));
        break;
    }
}

static void judge_trial(struct list *list, const struct facts *facts)
{
    if (facts->trial_names) {
        add(list, ATTENTION_ON_TRIAL, NULL,
            say("%s on trial for another %" PRIu64
                " s: if the machine goes down before that, payloads are held "
                "back",
                facts->trial_names, facts->trial_left_s),
            say("Nothing: it ends by itself"));
    }
}

static bool is_held(const struct facts *facts)
{
    return facts->guard == GUARD_HELD_ALL || facts->guard == GUARD_UNREADABLE;
}

/* One that only held payloads back has been spoken of. */
static void judge_sync(struct list *list, const struct facts *facts)
{
    if (facts->sync_status && facts->sync_status != OUTCOME_HELD_BACK &&
        !is_held(facts)) {
        add(list, ATTENTION_SYNC_FAILED, NULL,
            say("the last sync of this boot ended with exit status %d",
                facts->sync_status),
            say("See why: xen-livepatch sync"));
    }
}

/* What brings a payload. */
static char *say_cure(const struct facts *facts, const struct file_facts *file)
{
    if (is_held(facts)) {
        return say("End the holding back first, see above");
    }
    return file->is_stuck
               ? say("Put what is missing into the folder, or remove it")
               : say("xen-livepatch sync");
}

static void judge_missing(struct list *list, const struct facts *facts,
                          const struct file_facts *file)
{
    if (file->fit == FILE_REISSUED) {
        add(list, ATTENTION_REISSUED, file->name,
            file->why
                ? say("%s", file->why)
                : say("what is applied is another build than %s", file->path),
            say_cure(facts, file));
    } else {
        add(list, ATTENTION_NOT_APPLIED, file->name,
            file->why
                ? say("%s", file->why)
                : say("%s is for this hypervisor, and not applied", file->path),
            say_cure(facts, file));
    }
}

static void judge_kept_out(struct list *list, const struct facts *facts,
                           const struct file_facts *file)
{
    switch (file->fit) {
    case FILE_SUSPECT:
        add(list, ATTENTION_HELD_BACK, file->name,
            file->why ? say("%s", file->why)
                      : say_crash(facts, "sync holds this one back"),
            say(TRUST));
        break;
    case FILE_BAD:
        add(list, ATTENTION_FILE_UNREADABLE, file->name,
            say("%s is no payload that can be read", file->path),
            say("See why: xen-livepatch info %s; replace or remove it",
                file->path));
        break;
    case FILE_PIN_UNCLEAR:
        add(list, ATTENTION_FILE_UNREADABLE, file->name,
            say("%s", file->why ? file->why : "its pin is not clear"),
            say("xen-livepatch sync, when that is done"));
        break;
    default:
        add(list, ATTENTION_ON_HOLD, file->name,
            say("%s", file->why ? file->why : "the admin keeps it out"),
            say("Nothing, as long as that holds"));
        break;
    }
}

static void judge_foreign(struct list *list, const struct file_facts *file)
{
    if (file->fit == FILE_NEEDS_BOOT) {
        add(list, ATTENTION_NEEDS_BOOT, file->name,
            say("%s came since this hypervisor was booted, and is for another "
                "build of it",
                file->path),
            say("Boot the hypervisor that it is for, or remove it"));
    } else {
        add(list, ATTENTION_OTHER_HYPERVISOR, file->name,
            say("%s is for another hypervisor", file->path),
            say("Nothing; remove it when that one is booted no more"));
    }
}

static void judge_file(struct list *list, const struct facts *facts,
                       const struct file_facts *file)
{
    switch (file->fit) {
    case FILE_APPLIED:
        break;
    case FILE_NOT_APPLIED:
    case FILE_REISSUED:
        judge_missing(list, facts, file);
        break;
    case FILE_OTHER_HYPERVISOR:
    case FILE_NEEDS_BOOT:
        judge_foreign(list, file);
        break;
    default:
        judge_kept_out(list, facts, file);
        break;
    }
}

static void judge_loaded(struct list *list, const struct loaded_facts *loaded)
{
    int error = -loaded->status.rc;

    if (loaded->is_spent) {
        add(list, ATTENTION_SPENT, loaded->name,
            say("it was reverted, and its data may have changed: it cannot be "
                "applied again"),
            say("xen-livepatch unload %s, then load it again", loaded->name));
    }
    if (loaded->is_unwanted) {
        add(list, ATTENTION_NOT_IN_FOLDER, loaded->name,
            say("it is applied and not in the folder: the next boot comes "
                "without it"),
            say("Put its file there, or take it back: xen-livepatch revert %s",
                loaded->name));
    }
    if (error == EAGAIN) {
        add(list, ATTENTION_BUSY, loaded->name, say("an action is under way"),
            say("Nothing; xen-livepatch list shows when it is over"));
    } else if (error) {
        add(list, ATTENTION_FAILED, loaded->name,
            say("its last action failed (%d, %s)", error, strerror(error)),
            say("See why: xen-livepatch -v status; xen-livepatch history %s",
                loaded->name));
    }
}

static void judge_reading(struct list *list, const struct facts *facts)
{
    if (facts->folder_trouble) {
        add(list, ATTENTION_FOLDER_UNREADABLE, NULL,
            say("%s", facts->folder_trouble),
            say("Mend it: sync loads nothing "
                "until then"));
    }
    for (size_t i = 0; i < facts->nr_flaws; i++) {
        add(list, ATTENTION_NO_EFFECT, NULL, say("%s", facts->flaws[i]),
            say("Mend it, or remove it"));
    }
    if (facts->log_error) {
        add(list, ATTENTION_LOG_UNREADABLE, NULL,
            say("%s: %s: what was done is not known", facts->log_path,
                strerror(facts->log_error)),
            say("Make it readable, or name another file with --log"));
    }
}

/* By code; within one as they were found. */
static int compare_points(const void *one, const void *other)
{
    const struct attention_point *a = one;
    const struct attention_point *b = other;

    return a->code != b->code ? (int)a->code - (int)b->code
                              : (a->place > b->place) - (a->place < b->place);
}

int judge(const struct facts *facts, struct judgement *judgement)
{
    struct list list = {.has_no_memory = false};

    judge_guard(&list, facts);
    judge_trial(&list, facts);
    judge_sync(&list, facts);
    for (size_t i = 0; i < facts->nr_files; i++) {
        judge_file(&list, facts, &facts->files[i]);
    }
    for (size_t i = 0; i < facts->nr_loaded; i++) {
        judge_loaded(&list, &facts->loaded[i]);
    }
    judge_reading(&list, facts);
    if (list.has_no_memory) {
        judgement_free(&list.judgement);
        return -ENOMEM;
    }
    if (list.judgement.nr) {
        qsort(list.judgement.points, list.judgement.nr,
              sizeof(*list.judgement.points), compare_points);
    }
    *judgement = list.judgement;
    return 0;
}

void judgement_free(struct judgement *judgement)
{
    for (size_t i = 0; i < judgement->nr; i++) {
        free(judgement->points[i].text);
        free(judgement->points[i].next);
    }
    free(judgement->points);
    *judgement = (struct judgement){.nr = 0};
}

void judgement_weigh(struct judgement *judgement, enum attention_code code,
                     enum attention_level level)
{
    for (size_t i = 0; i < judgement->nr; i++) {
        if (judgement->points[i].code == code) {
            judgement->points[i].level = level;
        }
    }
}

enum attention_level judgement_worst(const struct judgement *judgement)
{
    enum attention_level worst = ATTENTION_NOTE;

    for (size_t i = 0; i < judgement->nr; i++) {
        if (judgement->points[i].level > worst) {
            worst = judgement->points[i].level;
        }
    }
    return worst;
}

size_t judgement_count(const struct judgement *judgement,
                       enum attention_code code)
{
    size_t nr = 0;

    for (size_t i = 0; i < judgement->nr; i++) {
        nr += judgement->points[i].code == code;
    }
    return nr;
}
