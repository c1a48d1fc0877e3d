/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From files of objects to what has changed in them: reads, cuts, matches and
 * compares, one pair after the other.
 */
#ifndef BUILDER_COMPARE_H
#define BUILDER_COMPARE_H

#include "choose/choose.h"

/* A pair of files; NULL: there is none on that side. */
struct compared_files {
    const char *name; /* as the tree calls it */
    const char *before, *after;
};

struct comparison {
    struct changed_object *objects;
    size_t nr;
};

/*
 * Objects that cannot be read as compiled C are findings: assembly, code of 32
 * bits, what only another program could compare. Gives 0, or a negative errno
 * after a message on `err`: a file that cannot be read or is broken. The caller
 * closes *comparison in any case.
 */
int compare_files(const struct compared_files *files, size_t nr,
                  struct comparison *comparison, struct findings *findings,
                  FILE *err);
void comparison_close(struct comparison *comparison);

#endif
