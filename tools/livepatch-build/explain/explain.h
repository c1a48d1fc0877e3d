/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Findings for people and for machines.
 */
#ifndef BUILDER_EXPLAIN_H
#define BUILDER_EXPLAIN_H

#include <stdio.h>

#include "base/findings.h"
#include "choose/plan.h"

struct json_object;

/*
 * One line a finding, object by object, and the remedy on a line below it:
 *
 *     common/domctl.o
 *       taken    fill_info: changed: 120 bytes, now 131
 *       refused  limits: its initial value differs, ...
 *                keep the old value in the patch, ...
 *
 * Without `is_whole` what goes in is left out, and what is ignored.
 */
void explain_findings(const struct findings *findings, bool is_whole,
                      FILE *out);

/* What a payload holds, in one line. */
void explain_plan(const struct plan *plan, FILE *out);

/* "findings", "functions" and "sizes" in an object of lib/report.h. */
void explain_as_json(const struct findings *findings, const struct plan *plan,
                     struct json_object *report);

#endif
