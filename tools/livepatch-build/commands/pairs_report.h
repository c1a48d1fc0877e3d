/* SPDX-License-Identifier: GPL-2.0 */
/* What the first stage alone has found, for people and for programs. */
#ifndef LIVEPATCH_BUILD_PAIRS_REPORT_H
#define LIVEPATCH_BUILD_PAIRS_REPORT_H

#include <stdio.h>

#include "build/build.h"

/* A line for each pair: "changed common/foo.o", "new ...", "gone ..."; notes
 * as "note ...". */
void pairs_print(const struct build_result *result, FILE *out);

/* One JSON object. 0 or -ENOMEM. */
int pairs_print_json(const struct build_result *result, FILE *out);

#endif
