/* SPDX-License-Identifier: GPL-2.0 */
/*
 * STATE/loaded/BUILD-ID.livepatch
 */
#include "sync/kept_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/durable_file.h"
#include "lib/payload_file.h"
#include "sync/folder_names.h"
#include "sync/payload_folder.h"

#define FOLDER "loaded"

/* Allocated; NULL: no memory. */
static char *folder_in(const char *state_dir)
{
    char *folder;

    return asprintf(&folder, "%s/" FOLDER, state_dir) < 0 ? NULL : folder;
}

static char *path_of(const char *state_dir, const struct kept_id *id)
{
    char digits[KEPT_ID_TEXT_BYTES];
    char *path;

    kept_id_format(id, digits);
    return asprintf(&path, "%s/" FOLDER "/%s" PAYLOAD_ENDING, state_dir,
                    digits) < 0
               ? NULL
               : path;
}

static bool is_payload(const char *path, const struct payload_file *file,
                       const struct kept_id *id, FILE *nowhere)
{
    struct elf_file elf;

    return !elf_file_open(path, file->bytes, file->nr_bytes, &elf, nowhere) &&
           kept_id_is(id, payload_build_id(&elf, SECTION_OWN_ID));
}

/* By an empty file, for which there is room on a full disk, too. */
static void mark_as_lost(const char *copy)
{
    int fd = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

    if (fd >= 0) {
        close(fd);
    }
}

static int save(const char *state_dir, const char *path,
                const struct kept_id *id, FILE *nowhere)
{
    char *folder = folder_in(state_dir);
    char *copy = path_of(state_dir, id);
    struct payload_file file;
    int rc = folder && copy ? durable_make_folder(folder) : -ENOMEM;

    if (!rc) {
        rc = payload_file_read(path, &file, nowhere);
    }
    if (!rc) {
        rc =
            is_payload(path, &file, id, nowhere)
                ? durable_replace(copy, (const char *)file.bytes, file.nr_bytes)
                : -EINVAL;
        payload_file_free(&file);
    }
    if (rc && copy) {
        mark_as_lost(copy);
    }
    free(folder);
    free(copy);
    return rc;
}

int kept_file_save(const char *state_dir, const char *path,
                   const struct kept_id *id)
{
    FILE *nowhere = fopen("/dev/null", "we");
    int rc = nowhere ? save(state_dir, path, id, nowhere) : -errno;

    if (nowhere) {
        fclose(nowhere);
    }
    return rc;
}

static bool is_whole(const char *path, const struct kept_id *id)
{
    FILE *nowhere = fopen("/dev/null", "we");
    struct payload_file file;
    bool is_there = nowhere && !payload_file_read(path, &file, nowhere);
    bool is_it = is_there && is_payload(path, &file, id, nowhere);

    if (is_there) {
        payload_file_free(&file);
    }
    if (nowhere) {
        fclose(nowhere);
    }
    return is_it;
}

char *kept_file_find(const char *state_dir, const struct kept_id *id)
{
    char *path = id->nr_bytes ? path_of(state_dir, id) : NULL;

    if (path && !is_whole(path, id)) {
        free(path);
        path = NULL;
    }
    return path;
}

bool kept_file_is_lost(const char *state_dir, const struct kept_id *id)
{
    char *path = id->nr_bytes ? path_of(state_dir, id) : NULL;
    bool is_lost = path && !access(path, F_OK) && !is_whole(path, id);

    free(path);
    return is_lost;
}

/* Whether all build-ids are known: else any copy may be of what is loaded. */
static bool is_known(const struct loaded *loaded)
{
    for (size_t i = 0; i < loaded->nr; i++) {
        if (!loaded->payloads[i].own.nr_bytes) {
            return false;
        }
    }
    return true;
}

void kept_files_clean(const char *state_dir, const struct loaded *loaded)
{
    char *folder = is_known(loaded) ? folder_in(state_dir) : NULL;
    struct folder_names names = {0};

    if (!folder || folder_names_read(folder, PAYLOAD_ENDING, &names)) {
        free(folder);
        return;
    }
    durable_remove_drafts(folder, PAYLOAD_ENDING);
    for (size_t i = 0; i < names.nr; i++) {
        struct kept_id id = kept_id_of_text(names.names[i]);
        char *path = path_of(state_dir, &id);

        if (path && !loaded_find_id(loaded, kept_id_view(&id))) {
            unlink(path);
        }
        free(path);
    }
    folder_names_free(&names);
    free(folder);
}
