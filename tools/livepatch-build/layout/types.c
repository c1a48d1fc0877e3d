// SPDX-License-Identifier: GPL-2.0
/*
 * Structures and enumerations, each where its entry is met.
 */
#include "layout/types.h"

#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "layout/members.h"
#include "layout/walk.h"

struct reader {
    struct layout_types *types;
    struct members_reader members;
    bool has_lost_type, has_lost_number;
};

static bool is_structure(Dwarf_Die *die)
{
    return dwarf_is_whole_type(die) &&
           dwarf_tag(die) != DW_TAG_enumeration_type;
}

static void add_type(struct reader *reader, const char *name, Dwarf_Die *die)
{
    struct layout_types *types = reader->types;
    struct layout_type type = {.name = name, .position = dwarf_dieoffset(die)};

    if (!dwarf_number(die, DW_AT_byte_size, &type.nr_bytes) ||
        !members_read(&reader->members, die, &type)) {
        reader->has_lost_type = true;
        return;
    }
    if (types->nr_types == types->types_room) {
        types->types_room = types->types_room ? 2 * types->types_room : 256;
        types->types =
            must_resize(types->types, types->types_room, sizeof(*types->types));
    }
    types->types[types->nr_types++] = type;
}

static void add_number(struct layout_types *types, struct layout_number number)
{
    if (types->nr_numbers == types->numbers_room) {
        types->numbers_room =
            types->numbers_room ? 2 * types->numbers_room : 256;
        types->numbers = must_resize(types->numbers, types->numbers_room,
                                     sizeof(*types->numbers));
    }
    types->numbers[types->nr_numbers++] = number;
}

static void add_numbers(struct reader *reader, Dwarf_Die *die)
{
    struct layout_types *types = reader->types;
    const char *tag = dwarf_name(die);
    const size_t first = types->nr_numbers;
    int64_t largest = INT64_MIN;
    Dwarf_Die value;
    int rc;

    for (rc = dwarf_child(die, &value); rc == 0;
         rc = dwarf_siblingof(&value, &value)) {
        uint64_t number;

        if (dwarf_tag(&value) == DW_TAG_enumerator && dwarf_name(&value) &&
            dwarf_number(&value, DW_AT_const_value, &number)) {
            add_number(types, (struct layout_number){.name = dwarf_name(&value),
                                                     .value = (int64_t)number});
            largest = largest > (int64_t)number ? largest : (int64_t)number;
        }
    }
    reader->has_lost_number |= rc < 0;
    for (size_t i = first; i < types->nr_numbers; i++) {
        types->numbers[i].is_largest = types->numbers[i].value == largest;
        types->numbers[i].position = dwarf_dieoffset(die);
        types->numbers[i].type =
            tag ? arena_print(&types->arena, "enum %s", tag) : NULL;
    }
}

/* Types of a function are its own, whatever another calls one of its. */
static const char *spelled(struct reader *reader, Dwarf_Die *die,
                           Dwarf_Die *function)
{
    const char *name = members_type_name(&reader->members, die);
    const char *where = name && function ? dwarf_name(function) : NULL;

    return where ? arena_print(&reader->types->arena, "%s of %s()", name, where)
                 : name;
}

/* The name that a typedef or a variable gives to what has none itself. */
static void read_nameless(struct reader *reader, Dwarf_Die *die,
                          unsigned int layers)
{
    Dwarf_Die type;

    if (dwarf_name(die) && dwarf_bare_type(die, layers, &type) &&
        is_structure(&type) && !dwarf_name(&type)) {
        add_type(reader, dwarf_name(die), &type);
    }
}

static void read_entry(void *arg, Dwarf_Die *die, Dwarf_Die *function)
{
    struct reader *reader = arg;
    const char *name;

    switch (dwarf_tag(die)) {
    case DW_TAG_enumeration_type:
        if (dwarf_is_whole_type(die) && !function) {
            add_numbers(reader, die);
        }
        break;
    case DW_TAG_structure_type:
    case DW_TAG_union_type:
        name = is_structure(die) ? spelled(reader, die, function) : NULL;
        if (name) {
            add_type(reader, name, die);
        }
        break;
    case DW_TAG_typedef:
        read_nameless(reader, die, 0);
        break;
    case DW_TAG_variable:
        read_nameless(reader, die, DWARF_ARRAYS);
        break;
    default:
        break;
    }
}

static int by_name(const void *a, const void *b)
{
    const struct layout_type *one = a;
    const struct layout_type *other = b;
    const int order = strcmp(one->name, other->name);

    return order ? order
                 : (one->position > other->position) -
                       (one->position < other->position);
}

static int by_number_name(const void *a, const void *b)
{
    const struct layout_number *one = a;
    const struct layout_number *other = b;

    return strcmp(one->name, other->name);
}

static const char *trouble_of(const struct reader *reader, bool is_whole)
{
    return !is_whole ? "its entries cannot be followed to their end"
           : reader->members.is_too_much
               ? "it has more members than any compiler writes"
           : reader->has_lost_type || reader->has_lost_number
               ? "where a member lies, or what a name stands for, is not said"
               : NULL;
}

const char *layout_types_read(const struct dwarf_object *object,
                              struct layout_types *types)
{
    struct reader reader = {.types = types};
    bool is_whole;

    *types = (struct layout_types){0};
    arena_open(&types->arena);
    reader.members.arena = &types->arena;
    is_whole = layout_walk(object, read_entry, &reader);
    if (types->nr_types) {
        qsort(types->types, types->nr_types, sizeof(*types->types), by_name);
    }
    if (types->nr_numbers) {
        qsort(types->numbers, types->nr_numbers, sizeof(*types->numbers),
              by_number_name);
    }
    return trouble_of(&reader, is_whole);
}

void layout_types_free(struct layout_types *types)
{
    free(types->types);
    free(types->numbers);
    arena_close(&types->arena);
    *types = (struct layout_types){0};
}
