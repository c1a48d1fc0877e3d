/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The report as JUnit XML, as GitLab and Jenkins read it: a testsuite for each
 * suite, a failure for what a payload did, an error for what broke by itself.
 */
#ifndef LIVEPATCH_REPLAY_JUNIT_H
#define LIVEPATCH_REPLAY_JUNIT_H

#include "result/result.h"

/* 0, or -errno when the file `path` could not be written whole. */
int junit_write(const struct report *report, const char *path);

#endif
