/* SPDX-License-Identifier: GPL-2.0 */
/* Folders that a run makes and removes again. */
#ifndef LIVEPATCH_REPLAY_FOLDER_H
#define LIVEPATCH_REPLAY_FOLDER_H

#include <stdio.h>

/* A new one in TMPDIR, or /tmp; to be freed. NULL after a message on `err`. */
char *folder_make_scratch(FILE *err);

/* It is gone, with all that is in it, or as much as can be. Also after an
 * interrupt. */
void folder_remove(const char *path);

#endif
