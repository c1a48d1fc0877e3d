/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Applying patches to a copy of the tree: exactly, without fuzz, and nowhere
 * else. And what they changed, by lines.
 */
#ifndef LIVEPATCH_BUILD_PATCH_APPLY_H
#define LIVEPATCH_BUILD_PATCH_APPLY_H

#include <stdio.h>

#include "build/patch_text.h"

/*
 * Apply a patch file to the tree by patch(1). The paths that it names are added
 * to `paths`, hunks that were found elsewhere than the patch says to `notes`.
 * 0; -EINVAL with a message that names patch, file and hunk when it is no
 * patch, leaves the tree or does not apply; -EINTR; -errno with a message.
 */
int patch_apply(const char *patch, const char *tree, struct text_list *paths,
                struct text_list *notes, FILE *err);

/*
 * What differs in the files `paths` (sorted) between two trees, by diff(1).
 * Free with patch_text_free(), whatever this gives. 0, -EINTR, or -EIO with a
 * message.
 */
int patch_find_edits(const struct text_list *paths, const char *before,
                     const char *after, struct patch_text *edits, FILE *err);

#endif
