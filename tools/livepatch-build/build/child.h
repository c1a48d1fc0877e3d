/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Running a command: without input, in a process group of its own, what it says
 * into a file. A signal to stop (interrupt.h) ends it and all that it started;
 * it does not outlive this program either.
 */
#ifndef LIVEPATCH_BUILD_CHILD_H
#define LIVEPATCH_BUILD_CHILD_H

#include "lib/memory.h"

struct child {
    char *const *words;
    const char *folder;                  /* NULL: here */
    const struct text_list *environment; /* NULL: this program's own */
    const char *output;                  /* file that is added to; NULL: none */
    void (*tick)(void *opaque);          /* four times a second; NULL: none */
    void *opaque;
};

/* Its exit status, 128 + N when signal N ended it, 127 when there is no such
 * program; -EINTR after a signal to stop; -errno when it cannot be started. */
int child_run(const struct child *child);

/* Run and give what it printed, complaints too, to free(). 0; -EINTR; -EIO when
 * it cannot be run or fails. */
int child_read(char *const *words, char **said);

#endif
