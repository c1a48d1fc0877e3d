/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The build without patches: found in the cache, or made there. And the one
 * with them, which starts from a copy of it.
 */
#ifndef LIVEPATCH_BUILD_BEFORE_BUILD_H
#define LIVEPATCH_BUILD_BEFORE_BUILD_H

#include "build/build_job.h"

/* The digest of all that the build depends on. 0, -EINTR, or -errno with a
 * message. free() *key. */
int before_build_key(struct build_job *job, char **key);

/* See to it that the job's cache is filled. Errors as build_object_pairs()
 * has them; `notes` gets what patch_apply() says of pristine patches. */
int before_build_make(const struct build_job *job, struct text_list *notes);

#endif
