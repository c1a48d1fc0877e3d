/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What only all objects of a patch together can tell: a global function or
 * variable that has moved to another file is still the same one; and a variable
 * that looks new may be one that has moved or changed its name, in which case
 * the hypervisor has it already.
 */
#ifndef BUILDER_MATCH_ACROSS_H
#define BUILDER_MATCH_ACROSS_H

#include "model/piece.h"

/* Of `nr` objects before and after, each of which may be NULL; those with both
 * are matched. Sets `twin` across objects, and `perhaps`. */
void match_across(struct object *const before[], struct object *const after[],
                  size_t nr);

#endif
