/* SPDX-License-Identifier: GPL-2.0 */
/* The report as one page that a person looks at, which needs no other file. */
#ifndef LIVEPATCH_REPLAY_HTML_H
#define LIVEPATCH_REPLAY_HTML_H

#include "result/result.h"

/* 0 or -errno. */
int html_write(const struct report *report, const char *path);

#endif
