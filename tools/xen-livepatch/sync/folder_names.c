/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One entry after the other into an array that grows.
 */
#include "sync/folder_names.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

/* -ENOMEM, -E2BIG */
static int add(struct folder_names *names, const char *name, size_t length)
{
    char **grown = names->names;

    if (names->nr == FOLDER_NAMES_MAX) {
        return -E2BIG;
    }
    if (!(names->nr & (names->nr - 1))) { /* full: 0, 1, 2, 4, 8 ... */
        grown =
            realloc(grown, (names->nr ? names->nr * 2 : 1) * sizeof(*grown));
    }
    if (!grown) {
        return -ENOMEM;
    }
    names->names = grown;
    grown[names->nr] = strndup(name, length);
    if (!grown[names->nr]) {
        return -ENOMEM;
    }
    names->nr++;
    return 0;
}

static int read_all(DIR *folder, const char *ending, struct folder_names *names)
{
    size_t nr_ending = strlen(ending);
    const struct dirent *entry;
    int rc = 0;

    for (errno = 0; !rc && (entry = readdir(folder)); errno = 0) {
        size_t length = strlen(entry->d_name);

        if (entry->d_name[0] != '.' && length > nr_ending &&
            !strcmp(entry->d_name + length - nr_ending, ending)) {
            rc = add(names, entry->d_name, length - nr_ending);
        }
    }
    return rc ? rc : -errno;
}

int folder_names_read(const char *path, const char *ending,
                      struct folder_names *names)
{
    struct folder_names found = {0};
    DIR *folder = opendir(path);
    int rc;

    if (!folder) {
        return -errno;
    }
    rc = read_all(folder, ending, &found);
    closedir(folder);
    if (rc) {
        folder_names_free(&found);
        return rc;
    }
    if (found.nr) {
        qsort(found.names, found.nr, sizeof(*found.names), compare);
    }
    *names = found;
    return 0;
}

void folder_names_free(struct folder_names *names)
{
    for (size_t i = 0; i < names->nr; i++) {
        free(names->names[i]);
    }
    free(names->names);
}
