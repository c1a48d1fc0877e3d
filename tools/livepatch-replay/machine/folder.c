/* SPDX-License-Identifier: GPL-2.0 */
/* Scratch folders, by mkdtemp() and nftw(). */
#include "machine/folder.h"

#include <ftw.h>
#include <stdlib.h>

#include "lib/memory.h"

#define FDS_MAX 16

char *folder_make_scratch(FILE *err)
{
    const char *place = getenv("TMPDIR");
    char *path = must_format("%s/livepatch-replay.XXXXXX",
                             place != NULL ? place : "/tmp");

    if (mkdtemp(path) == NULL) {
        fprintf(err, "livepatch-replay: %s: %m\n", path);
        free(path);
        return NULL;
    }
    return path;
}

static int remove_entry(const char *path, const struct stat *stat, int flag,
                        struct FTW *place)
{
    (void)stat;
    (void)flag;
    (void)place;
    remove(path);
    return 0; /* go on */
}

void folder_remove(const char *path)
{
    nftw(path, remove_entry, FDS_MAX, FTW_DEPTH | FTW_PHYS);
}
