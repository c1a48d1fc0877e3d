/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Structures and enumerations that a patch lays out in another way, as far as
 * data of the old layout may exist: by the debugging information of the objects
 * that have changed, where there is any.
 */
#ifndef BUILDER_LAYOUTS_H
#define BUILDER_LAYOUTS_H

#include "lib/memory.h"
#include "run/compare.h"
#include "run/recompile.h"

struct layouts_request {
    const struct comparison *comparison;
    /* Where there are such, objects with debugging information in place of
     * those of the comparison, in their order. NULL: none. */
    const struct compared_files *debug;
    /* Types of which the user knows that nothing of the old layout exists. */
    const struct text_list *accepted;
};

/*
 * Ask for the changed objects that have no debugging information, as those of a
 * release have none, with it. `comparison` is of the pairs of what `recompile`
 * is of, in their order.
 */
void layouts_ask(const struct comparison *comparison,
                 struct recompile *recompile);

/* Each type once, refused, or a warning. What could not be compared, too. */
void layouts_check(const struct layouts_request *request,
                   struct findings *findings);

#endif
