/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The first stage as the command line asks for it.
 */
#ifndef BUILDER_COMMAND_BUILD_STAGE_H
#define BUILDER_COMMAND_BUILD_STAGE_H

#include "build/build.h"
#include "commands/commands.h"

/* What the options ask for; with progress, if a terminal is to show it. Valid
 * for as long as they are. */
struct build_request build_stage_request(const struct options *options);

/* Gives STATUS_DONE, or the status to end with, after a message. The caller
 * frees *result in any case. */
int build_stage_run(const struct build_request *request,
                    struct build_result *result);

/* After -EINTR: says so, and gives the status to end with. */
int build_stage_stopped(void);

#endif
