/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The judgement as a monitoring plugin tells it: one line, what it is about in
 * words and, after a bar, in numbers.
 *
 * Source: Monitoring Plugins Development Guidelines (Nagios), "Plugin Output".
 */
#ifndef XEN_LIVEPATCH_CHECK_LINE_H
#define XEN_LIVEPATCH_CHECK_LINE_H

#include <stdio.h>

#include "judgement/judgement.h"

/*
 * Print it: the worst level, then what has that level, what has the next, and
 * what is only noted. Of the heaviest point all that is said of it; of the
 * others code and names. Whatever the names are, it is one line with one bar.
 */
void check_line_print(FILE *out, const struct facts *facts,
                      const struct judgement *judgement);

/* The line of a check that could not find out, with the reason: any bytes; only
 * its lines' ends are changed, into "; ". */
void check_line_print_unknown(FILE *out, const char *reason);

#endif
