/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One structure or union before and after, member by member.
 */
#ifndef BUILDER_LAYOUT_STRUCTURE_H
#define BUILDER_LAYOUT_STRUCTURE_H

#include "layout/types.h"

/* Texts of the arena, each of which follows the type's name; NULL: none. */
struct structure_change {
    /* Code that knows the one layout goes wrong on data of the other. */
    const char *moved;
    /* A member has a place that was another's, or nobody's. */
    const char *reused;
};

/* False: nothing of both. */
bool structure_compare(const struct layout_type *before,
                       const struct layout_type *after, struct arena *arena,
                       struct structure_change *change);

#endif
