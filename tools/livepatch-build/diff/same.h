/* SPDX-License-Identifier: GPL-2.0 */
/*
 * When two pieces are the same. Named ones are the same thing if they are
 * twins, whatever they hold; others if they hold the same.
 */
#ifndef BUILDER_SAME_H
#define BUILDER_SAME_H

#include "diff/diff.h"

/* What two pieces lead to there; a difference in no more than the line of a bug
 * frame is none. */
bool same_reference(const struct piece *before, const struct reference *one,
                    const struct reference *other);

/* Of a bug frame: whether its line differs. */
bool same_line(const struct piece *before, const struct piece *after);

/* Bytes, where each byte that is a line counts as the same. */
bool same_bytes(const struct piece *before, const struct piece *after,
                uint64_t *offset);

#endif
