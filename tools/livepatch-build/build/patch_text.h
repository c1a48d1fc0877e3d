/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a patch says, before anything is done with it: which files it touches
 * and where its hunks are. Unified diffs, with or without git's headers. Pure.
 */
#ifndef LIVEPATCH_BUILD_PATCH_TEXT_H
#define LIVEPATCH_BUILD_PATCH_TEXT_H

#include <stddef.h>
#include <stdio.h>

#include "lib/memory.h"

/* Lines of the file before that others come in the place of. */
struct patch_edit {
    unsigned int old_line; /* the first one, from 1; where none goes: the one
                              that the new ones come before */
    unsigned int nr_old;
    unsigned int new_line; /* likewise after */
    unsigned int nr_new;
};

struct patch_file {
    char *path; /* in the tree, the first part ("a/") cut off */
    struct patch_edit *edits;
    size_t nr_edits;
};

struct patch_text {
    struct patch_file *files;
    size_t nr_files;
    /* Every path that the patch names, renames and modes too. */
    struct text_list paths;
};

/*
 * Read a patch of `nr` bytes; `name` is for messages. 0, or -EINVAL with a
 * message on `err` about a hunk that is cut short, a kind of patch that is not
 * taken (context diff, ed script, binary), a path that leaves the tree, or no
 * hunk at all. Free with patch_text_free(), whatever this gives.
 */
int patch_text_read(const char *name, const char *bytes, size_t nr,
                    struct patch_text *patch, FILE *err);
void patch_text_free(struct patch_text *patch);

/* Where line `old_line` of the file before is after its edits; 0: it is one
 * that an edit took out or wrote anew. */
unsigned int patch_file_new_line(const struct patch_file *file,
                                 unsigned int old_line);

#endif
