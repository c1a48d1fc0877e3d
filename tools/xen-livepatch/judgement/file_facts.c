/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What sync would do with each file says how it stands.
 */
#include "judgement/file_facts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "sync/sync_words.h"

#define MS_PER_S 1000

/* A file that came since the boot was not meant for this hypervisor; an older
 * one may be left from another. */
static enum file_fit fit_of_foreign(const char *path, int64_t boot_ms)
{
    struct stat status;

    return !stat(path, &status) &&
                   (int64_t)status.st_ctim.tv_sec * MS_PER_S > boot_ms
               ? FILE_NEEDS_BOOT
               : FILE_OTHER_HYPERVISOR;
}

/* The plan's words, without the last full stop; NULL: no memory. */
static char *say_why(const struct file_view *view, const struct sync_step *step)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    if (!out) {
        return NULL;
    }
    sync_step_print_why(view->view, step, out);
    if (fclose(out)) {
        free(text);
        return NULL;
    }
    if (length && text[length - 1] == '.') {
        text[length - 1] = '\0';
    }
    return text;
}

static enum file_fit fit_of_left_out(const struct file_view *view,
                                     const struct sync_step *step)
{
    switch (step->root) {
    case SYNC_BAD:
        return FILE_BAD;
    case SYNC_PIN_UNCLEAR:
        return FILE_PIN_UNCLEAR;
    case SYNC_OTHER_HYPERVISOR:
        return fit_of_foreign(step->file->path, view->boot_ms);
    case SYNC_HELD:
    case SYNC_PINNED:
    case SYNC_MASKED:
        return FILE_ON_HOLD;
    case SYNC_SUSPECT:
        return FILE_SUSPECT;
    case SYNC_SAME:
        return FILE_APPLIED;
    default:
        return step->reason == REASON_BLOCKED || step->loaded
                   ? FILE_REISSUED
                   : FILE_NOT_APPLIED;
    }
}

/* A spent payload is spoken of as a loaded one. */
static enum file_fit fit_of_wanted(const struct file_view *view,
                                   const struct sync_step *step)
{
    const struct loaded_payload *found;

    switch (step->reason) {
    case REASON_REISSUED:
        return FILE_REISSUED;
    case REASON_PUT_BACK:
        return FILE_APPLIED;
    case REASON_ANEW:
        found = loaded_find(view->view->loaded, step->name);
        return found && found->is_spent ? FILE_APPLIED : FILE_NOT_APPLIED;
    default:
        return step->kind == STEP_KEEP ? FILE_APPLIED : FILE_NOT_APPLIED;
    }
}

/* -ENOMEM */
static int take(const struct file_view *view, const struct sync_step *step,
                struct file_facts *file)
{
    *file = (struct file_facts){.name = step->name, .path = step->file->path};
    if (step->kind != STEP_LEAVE_OUT) {
        file->fit = fit_of_wanted(view, step);
        return 0;
    }
    file->fit = fit_of_left_out(view, step);
    file->is_stuck =
        file->fit == FILE_NOT_APPLIED || file->fit == FILE_REISSUED;
    if (file->is_stuck || file->fit == FILE_ON_HOLD ||
        file->fit == FILE_PIN_UNCLEAR || step->fit != step->root) {
        file->why = say_why(view, step);
        return file->why ? 0 : -ENOMEM;
    }
    return 0;
}

/* Each file has one step that is not about taking out. */
int file_facts_take(const struct file_view *view, struct file_facts_list *list)
{
    int rc = 0;

    list->nr = 0;
    list->files = calloc(view->plan->nr + 1, sizeof(*list->files));
    if (!list->files) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < view->plan->nr && !rc; i++) {
        const struct sync_step *step = &view->plan->steps[i];

        if (step->file && step->kind != STEP_STAYS &&
            step->kind != STEP_REVERT && step->kind != STEP_UNLOAD) {
            rc = take(view, step, &list->files[list->nr++]);
        }
    }
    return rc;
}

void file_facts_free(struct file_facts_list *list)
{
    for (size_t i = 0; i < list->nr; i++) {
        free((char *)list->files[i].why);
    }
    free(list->files);
}
