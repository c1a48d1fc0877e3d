/* SPDX-License-Identifier: GPL-2.0 */
/* write, fsync, rename, fsync of the folder. */
#include "lib/durable_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a file is called before it takes another one's name. */
#define DRAFT_MARK ".draft-"
#define DRAFT_DIGITS "XXXXXX" /* mkostemp() puts others there */

int durable_make_folder(const char *path)
{
    char *copy = strdup(path);
    int rc = 0;

    if (!copy) {
        return -ENOMEM;
    }
    for (char *at = copy + 1; *copy && !rc; at++) {
        char here = *at;

        if (here != '/' && here) {
            continue;
        }
        *at = '\0';
        rc = mkdir(copy, 0755) && errno != EEXIST ? -errno : 0;
        *at = here;
        if (!here) {
            break;
        }
    }
    free(copy);
    return rc;
}

/* The folder that `path` lies in, allocated. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash) {
        return strdup(".");
    }
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

int durable_make_folder_of(const char *path)
{
    char *folder = folder_of(path);
    int rc = folder ? durable_make_folder(folder) : -ENOMEM;

    free(folder);
    return rc;
}

/* Some files (/dev/null) and file systems have nothing to sync. */
int durable_sync(int fd)
{
    return fsync(fd) && errno != EINVAL && errno != EROFS ? -errno : 0;
}

static int sync_folder_of(const char *path)
{
    char *folder = folder_of(path);
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    int rc = -errno;

    if (fd >= 0) {
        rc = durable_sync(fd);
        close(fd);
    }
    free(folder);
    return rc;
}

static int write_fully(int fd, const char *bytes, size_t nr_bytes)
{
    size_t nr_written = 0;

    while (nr_written < nr_bytes) {
        ssize_t nr = write(fd, bytes + nr_written, nr_bytes - nr_written);

        if (nr < 0 && errno != EINTR) {
            return -errno;
        }
        nr_written += nr > 0 ? (size_t)nr : 0;
    }
    return 0;
}

static int fill_new_file(int fd, const char *bytes, size_t nr_bytes)
{
    int rc = write_fully(fd, bytes, nr_bytes);

    if (!rc && fchmod(fd, 0644)) {
        rc = -errno;
    }
    return rc ? rc : durable_sync(fd);
}

int durable_replace(const char *path, const char *bytes, size_t nr_bytes)
{
    char *draft;
    int rc;
    int fd;

    if (asprintf(&draft, "%s" DRAFT_MARK DRAFT_DIGITS, path) < 0) {
        return -ENOMEM;
    }
    fd = mkostemp(draft, O_CLOEXEC);
    if (fd < 0) {
        rc = -errno;
        free(draft);
        return rc;
    }
    rc = fill_new_file(fd, bytes, nr_bytes);
    close(fd);
    if (!rc && rename(draft, path)) {
        rc = -errno;
    }
    if (rc) {
        unlink(draft);
    } else {
        rc = sync_folder_of(path);
    }
    free(draft);
    return rc;
}

/* "sync.json.draft-aB3dE9" is one of "sync.json". */
static bool is_draft_of(const char *name, const char *ending)
{
    size_t nr_ending = strlen(ending);
    size_t nr_mark = strlen(DRAFT_MARK);
    size_t nr_behind = nr_mark + strlen(DRAFT_DIGITS);
    size_t length = strlen(name);
    const char *mark = name + length - nr_behind;

    return length >= nr_ending + nr_behind &&
           !memcmp(mark, DRAFT_MARK, nr_mark) &&
           !memcmp(mark - nr_ending, ending, nr_ending);
}

void durable_remove_drafts(const char *folder, const char *ending)
{
    DIR *entries = opendir(folder);
    const struct dirent *entry;

    while (entries && (entry = readdir(entries))) {
        if (is_draft_of(entry->d_name, ending)) {
            unlinkat(dirfd(entries), entry->d_name, 0);
        }
    }
    if (entries) {
        closedir(entries);
    }
}
