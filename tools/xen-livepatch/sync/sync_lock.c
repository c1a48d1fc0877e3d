/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A lock of the file system, which ends with its process; the file names that.
 */
#include "sync/sync_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "lib/durable_file.h"

/* The process that the file names, 0: none. */
static long read_holder(int fd)
{
    char text[32] = "";

    return pread(fd, text, sizeof(text) - 1, 0) > 0 ? strtol(text, NULL, 10)
                                                    : 0;
}

static void write_holder(int fd)
{
    if (!ftruncate(fd, 0)) {
        dprintf(fd, "%ld\n", (long)getpid());
    }
}

int sync_lock_take(const char *path, long *holder)
{
    int rc = durable_make_folder_of(path);
    int fd;

    if (rc) {
        return rc;
    }
    fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return -errno;
    }
    if (flock(fd, LOCK_EX | LOCK_NB)) {
        rc = -errno;
        *holder = read_holder(fd);
        close(fd);
        return rc;
    }
    write_holder(fd);
    return fd;
}
