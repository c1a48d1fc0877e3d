// SPDX-License-Identifier: GPL-2.0
/*
 * One write to a file opened for appending, under a lock that others are given
 * a moment to release (without it the write is still one write; only a failed
 * one cannot be taken back).
 */
#include "history/durable_line.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "lib/durable_file.h"
#include "session/delay.h"

#define LOCK_TRIES 20
#define LOCK_PAUSE_MS 10U

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
        return durable_sync(fd);
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
