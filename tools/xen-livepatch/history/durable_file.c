/* SPDX-License-Identifier: GPL-2.0 */
/*
 * write, fsync, rename, fsync of the folder; or one write to a file opened for
 * appending, under a lock that others are given a moment to release (without it
 * the write is still one write; only a failed one cannot be taken back).
 */
#include "history/durable_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/delay.h"

/* What a file is called before it takes another one's name. */
#define DRAFT_MARK ".draft-"
#define DRAFT_DIGITS "XXXXXX" /* mkostemp() puts others there */

#define LOCK_TRIES 20
#define LOCK_PAUSE_MS 10U

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
static int sync_file(int fd)
{
    return fsync(fd) && errno != EINVAL && errno != EROFS ? -errno : 0;
}

static int sync_folder_of(const char *path)
{
    char *folder = folder_of(path);
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    int rc = -errno;

    if (fd >= 0) {
        rc = sync_file(fd);
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
    return rc ? rc : sync_file(fd);
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

static bool take_lock(int fd)
{
    for (int i = 0; i < LOCK_TRIES; i++) {
        if (!flock(fd, LOCK_EX | LOCK_NB)) {
            return true;
        }
        delay_ms(LOCK_PAUSE_MS);
    }
    return false;
}

/* Whether the file has bytes and the last one is not a newline. */
static bool has_unfinished_line(int fd, off_t nr_bytes)
{
    char last;

    return nr_bytes > 0 && pread(fd, &last, 1, nr_bytes - 1) == 1 &&
           last != '\n';
}

static int append_bytes(int fd, const char *bytes, size_t nr_bytes)
{
    bool is_locked = take_lock(fd);
    off_t end = lseek(fd, 0, SEEK_END);
    bool is_torn = has_unfinished_line(fd, end);
    ssize_t nr_written;

    /* bytes[0] is a newline that is wanted only after a torn line. */
    bytes += !is_torn;
    nr_bytes -= !is_torn;
    nr_written = write(fd, bytes, nr_bytes);
    if (nr_written == (ssize_t)nr_bytes) {
        return sync_file(fd);
    }
    if (nr_written < 0) {
        return -errno;
    }
    /* There was no room for the rest. */
    return is_locked && ftruncate(fd, end) ? -errno : -ENOSPC;
}

static int open_for_appending(const char *path)
{
    const int flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK;
    int fd = open(path, flags, 0640);
    int rc;

    if (fd >= 0 || errno != ENOENT) {
        return fd < 0 ? -errno : fd;
    }
    rc = durable_make_folder_of(path);
    if (rc) {
        return rc;
    }
    fd = open(path, flags, 0640);
    return fd < 0 ? -errno : fd;
}

int durable_append_line(const char *path, const char *line, size_t nr_bytes)
{
    char *bytes = malloc(nr_bytes + 2);
    int rc = -ENOMEM;
    int fd;

    if (!bytes) {
        return rc;
    }
    bytes[0] = '\n';
    memcpy(bytes + 1, line, nr_bytes);
    bytes[nr_bytes + 1] = '\n';
    fd = open_for_appending(path);
    rc = fd;
    if (fd >= 0) {
        rc = append_bytes(fd, bytes, nr_bytes + 2);
        close(fd);
    }
    free(bytes);
    return rc;
}
