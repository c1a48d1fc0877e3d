/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What in a symbol's name is its author's and what the compiler's.
 */
#ifndef BUILDER_MATCH_NAMES_H
#define BUILDER_MATCH_NAMES_H

#include <stdbool.h>

#include "base/arena.h"

/* A part after a dot is a number: the name says less than it seems to. */
bool name_is_numbered(const char *name);

/*
 * The name without its numbers: `f.isra.0.cold` is `f.isra.cold`, `counter.3`
 * and `counter` are `counter`. The name itself when it has none.
 */
const char *name_without_numbers(struct arena *arena, const char *name);

#endif
