/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From a plan to a payload: the last of the builder's stages but for the trial.
 * The same plan gives the same bytes, wherever and whenever.
 */
#ifndef BUILDER_PAYLOAD_H
#define BUILDER_PAYLOAD_H

#include <stdio.h>

#include "choose/plan.h"
#include "lib/payload_file.h"

/*
 * Gives 0 and the file's bytes, to be freed with payload_file_free(); or after
 * a message on `err`
 *   -EINVAL   the plan replaces nothing and has no hook, or refers to a name
 *             that no hypervisor can have
 *   -E2BIG    no hypervisor takes so large a file, so many sections or so much
 *             zeroed data
 *   else      what the system said
 */
int payload_make(struct plan *plan, struct payload_file *file, FILE *err);

/* Puts the bytes in the place of what is in the file `path`: whoever reads it
 * finds all of the old file or all of the new one. 0, or -errno after a message
 * on `err`. */
int payload_save(const char *path, const struct payload_file *file, FILE *err);

#endif
