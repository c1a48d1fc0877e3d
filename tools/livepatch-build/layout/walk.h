/* SPDX-License-Identifier: GPL-2.0 */
/*
 * All entries of an object's debugging information, in the order of the file,
 * each with the function that it lies in.
 */
#ifndef BUILDER_LAYOUT_WALK_H
#define BUILDER_LAYOUT_WALK_H

#include "layout/dwarf_object.h"

/* `function`: whose code or declaration it is; NULL: the file's. */
typedef void layout_visit(void *arg, Dwarf_Die *die, Dwarf_Die *function);

/* False: the information cannot be followed to its end. */
bool layout_walk(const struct dwarf_object *object, layout_visit *visit,
                 void *arg);

#endif
