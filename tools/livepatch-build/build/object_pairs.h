/* SPDX-License-Identifier: GPL-2.0 */
/* From the logs of both builds to the pairs of objects that differ. */
#ifndef LIVEPATCH_BUILD_OBJECT_PAIRS_H
#define LIVEPATCH_BUILD_OBJECT_PAIRS_H

#include "build/build_job.h"

/* Fill in the result's pairs, objects and files of constants. Errors as
 * build_object_pairs() has them: -EPERM, -EIO. */
int object_pairs_find(const struct build_job *job, struct build_result *result);

#endif
