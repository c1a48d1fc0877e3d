/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where the members of a structure or union are, from the entry of its type.
 */
#ifndef BUILDER_LAYOUT_MEMBERS_H
#define BUILDER_LAYOUT_MEMBERS_H

#include "layout/types.h"

struct members_reader {
    struct arena *arena;
    size_t nr_read;
    bool is_too_much; /* more members than any object has: it is broken */
};

/* Sets .members and .nr_members. False: some place is not a number, as of
 * types whose size is known at run time only. */
bool members_read(struct members_reader *reader, Dwarf_Die *die,
                  struct layout_type *type);

/* "struct NAME" or "union NAME"; of a typedef its name; NULL: it has none. */
const char *members_type_name(struct members_reader *reader, Dwarf_Die *die);

#endif
