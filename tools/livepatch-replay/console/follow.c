/* SPDX-License-Identifier: GPL-2.0 */
/* A growing file by lines. */
#include "console/follow.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

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

static void read_more(struct follower *follower)
{
    ssize_t got;

    if (follower->fd < 0) {
        follower->fd = open(follower->path, O_RDONLY | O_CLOEXEC);
    }
    if (follower->fd < 0) {
        return;
    }
    do {
        follower->bytes =
            must_resize(follower->bytes, follower->nr_bytes + CHUNK, 1);
        got = read(follower->fd, follower->bytes + follower->nr_bytes, CHUNK);
        for (ssize_t i = 0; i < got; i++) {
            char *byte = &follower->bytes[follower->nr_bytes + (size_t)i];

            *byte = *byte == '\0' ? ' ' : *byte;
        }
        follower->nr_bytes += got > 0 ? (size_t)got : 0;
    } while (got == CHUNK);
}

static char *take_line(struct follower *follower)
{
    char *end = follower->nr_bytes != 0
                    ? memchr(follower->bytes, '\n', follower->nr_bytes)
                    : NULL;
    size_t length;
    char *line;

    if (end == NULL) {
        return NULL;
    }
    length = (size_t)(end - follower->bytes);
    line = must_alloc(length + 1);
    memcpy(line, follower->bytes, length);
    while (length > 0 && line[length - 1] == '\r') {
        line[--length] = '\0';
    }
    follower->nr_bytes -= (size_t)(end + 1 - follower->bytes);
    memmove(follower->bytes, end + 1, follower->nr_bytes);
    return line;
}

char *follow_line(struct follower *follower)
{
    char *line = take_line(follower);

    if (line == NULL) {
        read_more(follower);
        line = take_line(follower);
    }
    return line;
}
