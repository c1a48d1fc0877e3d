/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An object's debugging information, if there is any: opened by libdwfl, which
 * applies the relocations of a relocatable object to it, whatever the machine.
 */
#ifndef BUILDER_LAYOUT_DWARF_OBJECT_H
#define BUILDER_LAYOUT_DWARF_OBJECT_H

#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <stdbool.h>

struct dwarf_object {
    Dwfl *dwfl;
    Dwarf *dwarf;        /* NULL: there is none, or none that can be read */
    const char *trouble; /* why it cannot be read; NULL: it can, or is none */
};

/* A file next to the object is not looked for. Closed in any case. */
void dwarf_object_open(const char *path, struct dwarf_object *object);
void dwarf_object_close(struct dwarf_object *object);

/* The entry's name; NULL. */
const char *dwarf_name(Dwarf_Die *die);

/* What the entry, or the one it is an instance of, says of its type: false when
 * it has none (void). */
bool dwarf_type(Dwarf_Die *die, Dwarf_Die *type);

/* What may be taken off a type, beside qualifiers. */
enum {
    DWARF_TYPEDEFS = 1,
    DWARF_ARRAYS = 2,
};

/* The entry's type without qualifiers and `layers`. False: there is none. */
bool dwarf_bare_type(Dwarf_Die *die, unsigned int layers, Dwarf_Die *type);

/* A structure, union or enumeration, with its members. */
bool dwarf_is_whole_type(Dwarf_Die *die);

/* A number that an attribute holds; false: there is none. */
bool dwarf_number(Dwarf_Die *die, unsigned int attribute, uint64_t *number);

#endif
