/* SPDX-License-Identifier: GPL-2.0 */
/* A table of runs (--matrix): a line is a command line of its own. */
#ifndef LIVEPATCH_REPLAY_MATRIX_H
#define LIVEPATCH_REPLAY_MATRIX_H

#include "commands/options.h"
#include "result/terminal.h"

/*
 * Run the lines, options->nr_jobs at a time, each in a process of its own; add
 * their suites to the report in the order of the lines, named LINE/SUITE, and
 * tell those of a line when it is over. 0; STATUS_USAGE after a message on a
 * line that is none, when nothing has been run; STATUS_BROKEN likewise.
 */
int matrix_run(const struct options *options, struct report *report,
               struct terminal *terminal);

#endif
