/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A file that somebody else writes, line by line as it grows. It need not be
 * there yet.
 */
#ifndef LIVEPATCH_REPLAY_FOLLOW_H
#define LIVEPATCH_REPLAY_FOLLOW_H

#include <stddef.h>

struct follower {
    const char *path; /* outlives it */
    int fd;           /* -1: not opened yet */
    char *bytes;      /* read */
    size_t nr_bytes;
    size_t nr_given; /* of them, as lines */
};

struct follower follow(const char *path);
void follow_end(struct follower *follower);

/* Leave out the first bytes of the file, as many as it has now at most. Before
 * a line is asked for. */
void follow_skip(struct follower *follower, long nr_bytes);

/*
 * The next line that is there whole, without its end (a newline, or both of
 * \r\n), for the caller to free; NULL: not yet. NUL bytes become blanks.
 */
char *follow_line(struct follower *follower);

#endif
