/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An object as the builder sees it, and two of them side by side: for whoever
 * wants to know why a payload is what it is.
 */
#ifndef BUILDER_INSPECT_H
#define BUILDER_INSPECT_H

#include <stdio.h>

#include "diff/diff.h"

/* Pieces, what they belong to, and what they refer to. */
void inspect_object(struct object *object, FILE *out);

/* One line a difference. */
void inspect_differences(const struct differences *differences, FILE *out);

#endif
