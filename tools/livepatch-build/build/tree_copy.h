/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Trees of files: walking, copying and removing them. A source tree is copied
 * without what earlier builds left in it; a built one whole, with its times, so
 * that make rebuilds in the copy only what changes there.
 */
#ifndef LIVEPATCH_BUILD_TREE_COPY_H
#define LIVEPATCH_BUILD_TREE_COPY_H

#include <fts.h>
#include <stdbool.h>
#include <stdio.h>

/* What of a source tree is left out, beside folders named .git and products
 * that every build system has (objects, archives, their dependencies). */
struct tree_filter {
    const char *const *folders; /* paths in the tree; ends with NULL */
    bool *has_products;         /* set when a product was met; or NULL */
};

/*
 * Call `visit` for each file, symbolic link and folder (before what it holds)
 * of the tree, in the order of their names. `filter` may be NULL. Ends early
 * with what `visit` gives other than 0; else 0, or -errno with a message.
 */
int tree_walk(const char *root, const struct tree_filter *filter,
              int (*visit)(const FTSENT *entry, const char *path, void *opaque),
              void *opaque, FILE *err);

/*
 * Copy a tree into the folder `to`, which is made. Modes are kept; times only
 * if `keeps_times`. A link that names a file of the tree by its absolute path
 * names the copy's afterwards, so that nothing is written through it. Other
 * kinds of files than regular ones, folders and links
 * are left out. 0, -EINTR, or -errno with a message that names the file.
 */
int tree_copy(const char *from, const char *to,
              const struct tree_filter *filter, bool keeps_times, FILE *err);

/* Remove a tree or a file, if there is one. 0 or -errno. */
int tree_remove(const char *path);

/* Make a folder and those above it. 0 or -errno. */
int make_folders(const char *path);

#endif
