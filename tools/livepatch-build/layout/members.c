// SPDX-License-Identifier: GPL-2.0
/*
 * Members, with those of nameless structures in their place. Where DWARF counts
 * the bits of a bit-field from has changed with its versions; compilers write
 * either.
 *
 * Source: DWARF 5, 5.7.6 "Data Member Entries"; DWARF 3, 5.5.5 for
 * DW_AT_bit_offset (from the most significant bit of the storage unit).
 */
#include "layout/members.h"

#include <dwarf.h>
#include <stdlib.h>

#include "lib/memory.h"

#define MOST_MEMBERS (1U << 20)
#define MOST_BYTES (UINT64_C(1) << 40)
#define MOST_LEVELS 16

struct collector {
    struct members_reader *reader;
    struct layout_member *members;
    size_t nr, room;
    bool is_known;
};

/* What a nameless structure lies in. */
struct frame {
    const char *prefix; /* of names */
    uint64_t bit;
    int level;
};

const char *members_type_name(struct members_reader *reader, Dwarf_Die *die)
{
    const char *name = dwarf_name(die);

    switch (name ? dwarf_tag(die) : 0) {
    case DW_TAG_structure_type:
        return arena_print(reader->arena, "struct %s", name);
    case DW_TAG_union_type:
        return arena_print(reader->arena, "union %s", name);
    case DW_TAG_typedef:
        return name;
    default:
        return NULL;
    }
}

static void add(struct collector *collector, struct layout_member member)
{
    if (collector->nr == collector->room) {
        collector->room = collector->room ? 2 * collector->room : 32;
        collector->members = must_resize(collector->members, collector->room,
                                         sizeof(*collector->members));
    }
    collector->members[collector->nr++] = member;
}

static bool is_nameless_structure(Dwarf_Die *type)
{
    return (dwarf_tag(type) == DW_TAG_structure_type ||
            dwarf_tag(type) == DW_TAG_union_type) &&
           !dwarf_name(type);
}

/* The first bit of a member, from the start of what it is a member of. */
static bool first_bit(Dwarf_Die *die, uint64_t nr_bits, uint64_t *bit)
{
    uint64_t bytes = 0, from_above, storage;

    if (dwarf_number(die, DW_AT_data_bit_offset, bit)) {
        return *bit < 8 * MOST_BYTES;
    }
    if (dwarf_hasattr(die, DW_AT_data_member_location) &&
        !dwarf_number(die, DW_AT_data_member_location, &bytes)) {
        return false;
    }
    *bit = 8 * bytes;
    if (dwarf_number(die, DW_AT_bit_offset, &from_above)) {
        Dwarf_Die type;

        if (!dwarf_number(die, DW_AT_byte_size, &storage) &&
            (!dwarf_bare_type(die, DWARF_TYPEDEFS, &type) ||
             !dwarf_number(&type, DW_AT_byte_size, &storage))) {
            return false;
        }
        *bit += 8 * storage - from_above - nr_bits;
    }
    return bytes < MOST_BYTES && *bit < 8 * MOST_BYTES;
}

/* 0 for an array that has no length of its own. */
static uint64_t bits_of(Dwarf_Die *die, Dwarf_Die *type)
{
    uint64_t bits;
    Dwarf_Word bytes;

    if (dwarf_number(die, DW_AT_bit_size, &bits)) {
        return bits;
    }
    return dwarf_aggregate_size(type, &bytes) == 0 && bytes < MOST_BYTES
               ? 8 * bytes
               : 0;
}

/* "struct NAME", or of a typedef of a nameless one, through arrays. */
static const char *structure_name(struct members_reader *reader, Dwarf_Die *die)
{
    Dwarf_Die type, at = *die;

    while (dwarf_bare_type(&at, DWARF_ARRAYS, &type)) {
        Dwarf_Die below;

        if (dwarf_tag(&type) != DW_TAG_typedef) {
            return dwarf_is_whole_type(&type) ? members_type_name(reader, &type)
                                              : NULL;
        }
        if (dwarf_bare_type(&type, 0, &below) &&
            is_nameless_structure(&below)) {
            return members_type_name(reader, &type);
        }
        at = type;
    }
    return NULL;
}

static void collect(struct collector *collector, Dwarf_Die *structure,
                    const struct frame *frame);

static void collect_one(struct collector *collector, Dwarf_Die *die,
                        const struct frame *frame)
{
    struct arena *arena = collector->reader->arena;
    const char *name = dwarf_name(die) ? dwarf_name(die) : "";
    Dwarf_Die type, element;
    uint64_t nr_bits, bit;
    bool is_array;

    if (!dwarf_bare_type(die, 0, &type)) {
        collector->is_known = false;
        return;
    }
    nr_bits = bits_of(die, &type);
    if (!first_bit(die, nr_bits, &bit)) {
        collector->is_known = false;
        return;
    }
    is_array = dwarf_tag(&type) == DW_TAG_array_type;
    bit += frame->bit;
    if (is_array || !is_nameless_structure(&type)) {
        add(collector,
            (struct layout_member){
                .name = arena_print(arena, "%s%s", frame->prefix, name),
                .bit = bit,
                .nr_bits = nr_bits,
                .type = structure_name(collector->reader, die)});
    }
    if (dwarf_bare_type(die, DWARF_ARRAYS, &element) &&
        is_nameless_structure(&element)) {
        const struct frame inner = {
            .prefix = name[0] ? arena_print(arena, "%s%s%s.", frame->prefix,
                                            name, is_array ? "[]" : "")
                              : frame->prefix,
            .bit = bit,
            .level = frame->level + 1,
        };

        collect(collector, &element, &inner);
    }
}

/* A nameless structure may be met again and again: all that is met counts. */
static void collect(struct collector *collector, Dwarf_Die *structure,
                    const struct frame *frame)
{
    struct members_reader *reader = collector->reader;
    Dwarf_Die die;
    int rc;

    if (frame->level == MOST_LEVELS) {
        reader->is_too_much = true;
    }
    for (rc = dwarf_child(structure, &die); rc == 0 && !reader->is_too_much;
         rc = dwarf_siblingof(&die, &die)) {
        reader->is_too_much = ++reader->nr_read > MOST_MEMBERS;
        if (dwarf_tag(&die) == DW_TAG_member) {
            collect_one(collector, &die, frame);
        }
    }
    collector->is_known &= rc >= 0;
}

bool members_read(struct members_reader *reader, Dwarf_Die *die,
                  struct layout_type *type)
{
    static const struct frame whole = {.prefix = ""};
    struct collector collector = {.reader = reader, .is_known = true};

    collect(&collector, die, &whole);
    type->nr_members = collector.nr;
    type->members =
        arena_take(reader->arena, collector.nr, sizeof(*type->members));
    for (size_t i = 0; i < collector.nr; i++) {
        type->members[i] = collector.members[i];
    }
    free(collector.members);
    return collector.is_known;
}
