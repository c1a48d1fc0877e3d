/* SPDX-License-Identifier: GPL-2.0 */
/* The report as one JSON object. */
#ifndef LIVEPATCH_REPLAY_JSON_H
#define LIVEPATCH_REPLAY_JSON_H

#include <stdio.h>

#include "result/result.h"

/* 0, or -ENOMEM with nothing printed. */
int json_print(const struct report *report, FILE *out);

/* Add to the report the suites of one that json_print() wrote to the file
 * `path`. -EINVAL: it holds none. */
int json_read(const char *path, struct report *report);

#endif
