/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The first stage as the command line asks for it.
 */
#ifndef BUILDER_COMMAND_BUILD_STAGE_H
#define BUILDER_COMMAND_BUILD_STAGE_H

#include "build/build.h"
#include "commands/commands.h"

/* Gives STATUS_DONE, or the status to end with, after a message. The caller
 * frees *result in any case. */
int build_stage_run(const struct options *options, struct build_result *result);

/* After -EINTR: says so, and gives the status to end with. */
int build_stage_stopped(void);

#endif
