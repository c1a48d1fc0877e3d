/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What of the types that two objects both have lies elsewhere in one of them,
 * or has another number. Types that one of them alone has are no change, nor is
 * what has no other place: another name for the same bytes is for review only.
 */
#ifndef BUILDER_LAYOUT_CHANGES_H
#define BUILDER_LAYOUT_CHANGES_H

#include "layout/types.h"

enum layout_change_kind {
    LAYOUT_MOVED,    /* old and new code disagree on a place, or a number */
    LAYOUT_REVIEWED, /* bytes that were padding, or another's, have a name */
};

struct layout_change {
    enum layout_change_kind kind;
    const char *type;   /* "struct thing", "enum kind"; as it can be accepted */
    const char *reason; /* follows the type's name */
    /* The structure or union in both objects; NULL: an enumeration. */
    const struct layout_type *before, *after;
};

typedef void layout_tell(void *arg, const struct layout_change *change);

/* At most one change of each kind for a type; texts are of `arena`. */
void layout_compare(const struct layout_types *before,
                    const struct layout_types *after, struct arena *arena,
                    layout_tell *tell, void *arg);

#endif
