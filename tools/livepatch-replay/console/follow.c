/* SPDX-License-Identifier: GPL-2.0 */
/* A growing file by lines. */
#include "console/follow.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/memory.h"

#define CHUNK 4096U

struct follower follow(const char *path)
{
    return (struct follower){.path = path, .fd = -1};
}

void follow_end(struct follower *follower)
{
    if (follower->fd >= 0) {
        close(follower->fd);
    }
    free(follower->bytes);
    *follower = (struct follower){.fd = -1};
}

static void forget_given(struct follower *follower)
{
    if (follower->nr_given != 0) {
        follower->nr_bytes -= follower->nr_given;
        memmove(follower->bytes, follower->bytes + follower->nr_given,
                follower->nr_bytes);
        follower->nr_given = 0;
    }
}

static bool is_open(struct follower *follower)
{
    if (follower->fd < 0) {
        follower->fd = open(follower->path, O_RDONLY | O_CLOEXEC);
    }
    return follower->fd >= 0;
}

void follow_skip(struct follower *follower, long nr_bytes)
{
    if (is_open(follower)) {
        lseek(follower->fd, nr_bytes, SEEK_SET);
    }
}

/* Whether there was more. */
static bool read_more(struct follower *follower)
{
    ssize_t got;

    if (!is_open(follower)) {
        return false;
    }
    forget_given(follower);
    follower->bytes =
        must_resize(follower->bytes, follower->nr_bytes + CHUNK, 1);
    got = read(follower->fd, follower->bytes + follower->nr_bytes, CHUNK);
    for (ssize_t i = 0; i < got; i++) {
        char *byte = &follower->bytes[follower->nr_bytes + (size_t)i];

        *byte = *byte == '\0' ? ' ' : *byte;
    }
    follower->nr_bytes += got > 0 ? (size_t)got : 0;
    return got > 0;
}

static char *take_line(struct follower *follower)
{
    const size_t nr = follower->nr_bytes - follower->nr_given;
    const char *begin = nr != 0 ? follower->bytes + follower->nr_given : NULL;
    const char *end = nr != 0 ? memchr(begin, '\n', nr) : NULL;
    size_t length;
    char *line;

    if (end == NULL) {
        return NULL;
    }
    length = (size_t)(end - begin);
    line = must_alloc(length + 1);
    memcpy(line, begin, length);
    follower->nr_given += length + 1;
    while (length > 0 && line[length - 1] == '\r') {
        line[--length] = '\0';
    }
    return line;
}

char *follow_line(struct follower *follower)
{
    char *line = take_line(follower);

    while (line == NULL && read_more(follower)) {
        line = take_line(follower);
    }
    return line;
}
