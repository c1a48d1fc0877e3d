/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Deeds of the past as text.
 */
#ifndef XEN_LIVEPATCH_DEED_TEXT_H
#define XEN_LIVEPATCH_DEED_TEXT_H

#include <stdio.h>

#include "history/deed_history.h"

/* TIME USER COMMAND NAMES: how it ended, and a newline. */
void past_deed_print(FILE *out, const struct past_deed *deed);

/* The errno (0: nothing of it), the stop (0: none) and a newline. */
void past_end_print(FILE *out, int64_t error, int64_t stop_ns, int64_t nr_late);

#endif
