/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a payload says to the loader: which function takes the place of which,
 * what it depends on, who it is, and what it tells people.
 *
 * Source: Xen public header xen/sysctl.h (struct livepatch_func, version 2);
 * System V gABI, chapter 5, for notes.
 */
#ifndef BUILDER_RECORDS_H
#define BUILDER_RECORDS_H

#include "choose/plan.h"
#include "write/output.h"

/* Where in the section of the own id its bytes are: zeros until file.h knows
 * them. */
#define RECORDS_ID_OFFSET 16

/* After layout_make(): entries lead to where it has put things. */
void records_make(const struct plan *plan, struct output *output);

#endif
