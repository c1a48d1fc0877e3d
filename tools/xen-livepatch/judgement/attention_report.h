/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What needs attention, for eyes and for programs.
 */
#ifndef XEN_LIVEPATCH_ATTENTION_REPORT_H
#define XEN_LIVEPATCH_ATTENTION_REPORT_H

#include <stdio.h>

#include "judgement/judgement.h"

struct json_object;

/*
 * Print a line for the whole, then two for each point: what and why, and what
 * to do now. Of one code 8 points at most; how many more there are is said.
 */
void attention_print(FILE *out, const struct judgement *judgement);

/* Add "attention" to a report: an object for each point. */
void attention_report(struct json_object *report,
                      const struct judgement *judgement);

/* "note", "warning", "critical" */
const char *attention_level_key(enum attention_level level);

#endif
