/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The types of an object as they lie in memory: of each structure and union
 * that has a name where each member is, of enumerations what number each name
 * stands for. Read from DWARF; nothing is compared here.
 *
 * A structure without a name has that of its typedef or its variable; as a part
 * of another one its members are those of that one ("in.x", "list[].x").
 */
#ifndef BUILDER_LAYOUT_TYPES_H
#define BUILDER_LAYOUT_TYPES_H

#include "layout/dwarf_object.h"
#include "base/arena.h"

struct layout_member {
    const char *name;
    uint64_t bit, nr_bits; /* from the start of the type */
    /* Of what is a structure or union itself: which one; else NULL. */
    const char *type;
};

struct layout_type {
    const char *name;  /* "struct domain"; or of a typedef, or a variable */
    uint64_t position; /* of its entry */
    uint64_t nr_bytes;
    struct layout_member *members;
    size_t nr_members;
};

struct layout_number {
    const char *name;
    const char *type;  /* "enum kind"; NULL: it has no name */
    uint64_t position; /* of its enumeration's entry */
    int64_t value;
    bool is_largest; /* of its enumeration */
};

struct layout_types {
    struct layout_type *types; /* by name; those of one name by position */
    size_t nr_types, types_room;
    struct layout_number *numbers; /* by name */
    size_t nr_numbers, numbers_room;
    struct arena arena;
};

/* NULL, or why the information, which is there, cannot be read to its end. The
 * caller frees in any case; the object has to be open as long as the types are
 * in use. */
const char *layout_types_read(const struct dwarf_object *object,
                              struct layout_types *types);
void layout_types_free(struct layout_types *types);

#endif
