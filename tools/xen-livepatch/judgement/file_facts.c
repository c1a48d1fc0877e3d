/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload that fits is compared with the loaded one of its name: by build-id,
 * where that is known.
 */
#include "judgement/file_facts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

/* A spent payload is spoken of as a loaded one. */
static enum file_fit fit_of_wanted(const struct loaded *loaded,
                                   const struct folder_payload *payload)
{
    const struct loaded_payload *found = loaded_find(loaded, payload->name);

    if (!found) {
        return FILE_NOT_APPLIED;
    }
    if (!found->place) {
        return found->is_spent ? FILE_APPLIED : FILE_NOT_APPLIED;
    }
    return found->own.nr_bytes && !kept_id_is(&found->own, payload->own)
               ? FILE_REISSUED
               : FILE_APPLIED;
}

static void take(const struct file_view *view, size_t i,
                 struct file_facts *file)
{
    const struct folder_payload *payload = &view->folder->payloads[i];

    *file = (struct file_facts){.name = payload->name, .path = payload->path};
    switch (view->order->fits[i]) {
    case SYNC_FITS:
        file->fit = fit_of_wanted(view->loaded, payload);
        break;
    case SYNC_OTHER_HYPERVISOR:
        file->fit = fit_of_foreign(payload->path, view->boot_ms);
        break;
    case SYNC_PLACE_TAKEN:
        file->fit = FILE_NOT_APPLIED;
        file->is_stuck = true;
        file->why = "not loaded: another payload of the folder goes on top of "
                    "the same";
        break;
    default:
        file->fit = FILE_NOT_APPLIED;
        file->is_stuck = true;
        file->why = "not loaded: what it goes on top of is not in the folder";
        break;
    }
}

int file_facts_take(const struct file_view *view, struct file_facts_list *list)
{
    list->nr = 0;
    list->files = calloc(view->folder->nr + 1, sizeof(*list->files));
    if (!list->files) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < view->folder->nr; i++) {
        take(view, i, &list->files[list->nr++]);
    }
    return 0;
}

void file_facts_free(struct file_facts_list *list)
{
    free(list->files);
}

bool file_is_in_folder(const struct file_view *view, const char *name)
{
    for (size_t i = 0; i < view->folder->nr; i++) {
        if (view->order->fits[i] != SYNC_OTHER_HYPERVISOR &&
            !strcmp(view->folder->payloads[i].name, name)) {
            return true;
        }
    }
    return false;
}
