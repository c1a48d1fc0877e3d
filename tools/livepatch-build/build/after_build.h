/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The build with the patches: from a copy of the one without, so that make
 * rebuilds only what they touch.
 */
#ifndef LIVEPATCH_BUILD_AFTER_BUILD_H
#define LIVEPATCH_BUILD_AFTER_BUILD_H

#include "build/build_job.h"

/* Make it in the cache's tree/; what the patches changed goes into the result's
 * edits and notes. Errors as build_object_pairs() has them. */
int after_build_make(const struct build_job *job, struct build_result *result);

#endif
