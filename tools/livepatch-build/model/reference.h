/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From relocations to references, and from entries to who owns them.
 */
#ifndef BUILDER_REFERENCE_H
#define BUILDER_REFERENCE_H

#include "model/piece.h"

/* Of an object that is cut. 0, or -EINVAL or -EOPNOTSUPP after a message. */
int references_find(struct object *object, FILE *err);

/* The addend that says `distance` from the start of the target. */
int64_t reference_addend(const struct reference *reference);

#endif
