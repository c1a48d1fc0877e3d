/* SPDX-License-Identifier: GPL-2.0 */
/* One build in the cache's tree/, up to where the image would be linked. */
#ifndef LIVEPATCH_BUILD_BUILD_RUN_H
#define LIVEPATCH_BUILD_BUILD_RUN_H

#include <time.h>

#include "build/build_job.h"

/* Of a clock that only goes on. */
time_t build_seconds(void);

/*
 * Build; `step` is "before" or "after". Every object of the image is made when
 * this gives 0, and tree.log says how. -EIO after a message with what the
 * compiler or make said; -EINTR; -errno with a message.
 */
int build_run(const struct build_job *job, const char *step);

/* Run one of the system's other commands there ("clean"). Likewise. */
int build_run_command(const struct build_job *job, const char *command);

#endif
