/* SPDX-License-Identifier: GPL-2.0 */
/* The command's work: every payload by itself, then all of them together. */
#ifndef LIVEPATCH_REPLAY_RUN_H
#define LIVEPATCH_REPLAY_RUN_H

#include "commands/options.h"

#define STATUS_PASSED 0
#define STATUS_FAILED 1 /* a payload */
#define STATUS_USAGE 2
#define STATUS_BROKEN 3 /* machine, hypervisor, files: nothing is known */

int run_all(const struct options *options);

#endif
