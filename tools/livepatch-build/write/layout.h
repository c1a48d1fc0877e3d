/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which section of the payload each included piece goes to, and where in it:
 * few sections, whose names and flags say to the loader what they are. Code is
 * one section, so are constants, strings, data and zeroed data; tables that
 * tell of text, the code that goes with alternatives, and what the loader reads
 * keep the names that they have in the objects.
 *
 * Nothing that needs no writing is writable: a payload with writable data of
 * its own cannot be applied twice. So initial values of pointers
 * (.data.rel.ro*) are constants here, and so are hooks: a loader relocates them
 * before it seals.
 */
#ifndef BUILDER_LAYOUT_H
#define BUILDER_LAYOUT_H

#include "choose/plan.h"
#include "write/output.h"

/* Sets `section` and `offset` of each inclusion, and puts its bytes there.
 * Strings and constants that are equal have one place. */
void layout_make(struct plan *plan, struct output *output);

#endif
