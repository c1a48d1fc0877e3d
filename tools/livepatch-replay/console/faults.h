/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which lines of a console tell that something is wrong, by the patterns of the
 * file `faults` (harness/faults says what they are).
 */
#ifndef LIVEPATCH_REPLAY_FAULTS_H
#define LIVEPATCH_REPLAY_FAULTS_H

#include <stdio.h>

#include "lib/memory.h"

struct faults;

/* NULL after a message on `err`: no such file, or a line in it that is none. */
struct faults *faults_read(const char *path, FILE *err);
void faults_free(struct faults *faults);

/* "crash" or "warning" for a line that tells of one; NULL: it tells of none. */
const char *faults_kind(const struct faults *faults, const char *line);

/*
 * Add to `found` each line of the file `path` that tells of something, from
 * byte `offset` on, at most `nr_max` of them in the list, each behind the
 * file's own name. A file that is not there has none. What a kernel tells
 * because it was asked for backtraces counts, too.
 */
void faults_find(const struct faults *faults, const char *path, long offset,
                 size_t nr_max, struct text_list *found);

#endif
