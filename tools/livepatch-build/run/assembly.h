/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Objects of the assembler's, which are not cut into functions: they are the
 * same or not, as a whole.
 */
#ifndef BUILDER_ASSEMBLY_H
#define BUILDER_ASSEMBLY_H

#include <stdbool.h>

#include "model/object.h"

/* An object of the assembler's has the name of its source, or none. */
bool assembly_is(const struct object *object);

/*
 * Whether the image gets the same of both: sections that are loaded, with their
 * relocations, and what is known by name, each in the same order. What a
 * debugger reads (the folder it was made in, say) is nothing of the image.
 */
bool assembly_is_same(const struct object *before, const struct object *after);

#endif
