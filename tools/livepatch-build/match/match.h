/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which piece of the object after the patch is which of the one before: twins.
 * Only what has a name is paired; strings, constants and tables are compared by
 * what they hold. Numbers that a compiler puts after a name (`counter.3`,
 * `f.constprop.0`) are its own and change with any other part of the file: such
 * a piece is paired by who uses it and where, and never by its number.
 */
#ifndef BUILDER_MATCH_H
#define BUILDER_MATCH_H

#include "model/piece.h"

/* Sets `twin` in both objects, which are cut. */
void match_objects(struct object *before, struct object *after);

/* The bytes and references of two pieces, apart from what the references lead
 * to, are the same: same place, same kind. */
bool match_has_same_shape(const struct piece *before,
                          const struct piece *after);

/* References of kinds that mean the same, and what they add. */
bool match_is_same_field(const struct reference *before,
                         const struct reference *after,
                         const struct object *object);

#endif
