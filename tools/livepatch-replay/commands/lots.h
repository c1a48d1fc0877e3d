/* SPDX-License-Identifier: GPL-2.0 */
/* The payloads of one command line: every one by itself, then all together. */
#ifndef LIVEPATCH_REPLAY_LOTS_H
#define LIVEPATCH_REPLAY_LOTS_H

#include "commands/options.h"
#include "result/terminal.h"

/*
 * Add a suite for each boot to the report, and tell each as it goes on. 0, or
 * STATUS_USAGE or STATUS_BROKEN after a message when there could be none.
 */
int lots_run(const struct options *options, struct report *report,
             struct terminal *terminal);

/* One boot with a shell, and all payloads at hand: STATUS_PASSED, or
 * STATUS_USAGE or STATUS_BROKEN after a message. */
int lots_shell(const struct options *options);

#endif
