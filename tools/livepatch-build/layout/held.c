// SPDX-License-Identifier: GPL-2.0
/*
 * A search from all that lives long, along members and pointers, with a list of
 * what is still to be looked at.
 */
#include "layout/held.h"

#include <dwarf.h>
#include <search.h>
#include <stdlib.h>

#include "lib/memory.h"
#include "layout/walk.h"
#include "base/arena.h"

struct search {
    held_is_replaced *is_replaced;
    void *arg;
    void *seen; /* tree of positions */
    struct held *held;
    Dwarf_Die *todo;
    size_t nr_todo, todo_room, held_room;
    struct arena arena;
};

static int by_position(const void *a, const void *b)
{
    const uint64_t *one = a;
    const uint64_t *other = b;

    return (*one > *other) - (*one < *other);
}

/* False: it has been seen before. */
static bool see(struct search *search, uint64_t position)
{
    uint64_t *own = arena_take(&search->arena, 1, sizeof(*own));
    uint64_t **found;

    *own = position;
    found = tsearch(own, &search->seen, by_position);
    if (!found) {
        no_memory();
    }
    return *found == own;
}

static void hold(struct search *search, Dwarf_Die *type)
{
    if (!see(search, dwarf_dieoffset(type))) {
        return;
    }
    if (search->nr_todo == search->todo_room) {
        search->todo_room = search->todo_room ? 2 * search->todo_room : 256;
        search->todo =
            must_resize(search->todo, search->todo_room, sizeof(*search->todo));
    }
    search->todo[search->nr_todo++] = *type;
}

static void hold_type_of(struct search *search, Dwarf_Die *die)
{
    Dwarf_Die type;

    if (dwarf_bare_type(die, DWARF_TYPEDEFS | DWARF_ARRAYS, &type)) {
        hold(search, &type);
    }
}

static void add_held(struct search *search, Dwarf_Die *type)
{
    struct held *held = search->held;

    if (held->nr == search->held_room) {
        search->held_room = search->held_room ? 2 * search->held_room : 256;
        held->positions = must_resize(held->positions, search->held_room,
                                      sizeof(*held->positions));
    }
    held->positions[held->nr++] = dwarf_dieoffset(type);
}

/* A type, and all that what has it may hold. */
static void look_into(struct search *search, Dwarf_Die *type)
{
    Dwarf_Die inner;
    int rc;

    if (dwarf_is_whole_type(type)) {
        add_held(search, type);
    }
    hold_type_of(search, type);
    for (rc = dwarf_child(type, &inner); rc == 0;
         rc = dwarf_siblingof(&inner, &inner)) {
        if (dwarf_tag(&inner) == DW_TAG_member ||
            dwarf_tag(&inner) == DW_TAG_formal_parameter) {
            hold_type_of(search, &inner);
        }
    }
}

static bool has_address(Dwarf_Die *die)
{
    Dwarf_Attribute location;
    Dwarf_Op *ops;
    size_t nr;

    return dwarf_attr_integrate(die, DW_AT_location, &location) &&
           dwarf_getlocation(&location, &ops, &nr) == 0 && nr > 0 &&
           (ops[0].atom == DW_OP_addr || ops[0].atom == DW_OP_addrx);
}

/* On the stack of a function that is replaced; of one that is inlined
 * everywhere it is those that it is inlined into who count. */
static bool is_short_lived(struct search *search, Dwarf_Die *variable,
                           Dwarf_Die *function)
{
    const char *name = function ? dwarf_name(function) : NULL;

    return name && !has_address(variable) &&
           !dwarf_hasattr_integrate(variable, DW_AT_external) &&
           (dwarf_hasattr(function, DW_AT_inline) ||
            search->is_replaced(search->arg, name));
}

static void find_holder(void *arg, Dwarf_Die *die, Dwarf_Die *function)
{
    struct search *search = arg;

    switch (dwarf_tag(die)) {
    case DW_TAG_variable:
        if (!is_short_lived(search, die, function)) {
            hold_type_of(search, die);
        }
        break;
    case DW_TAG_pointer_type:
    case DW_TAG_subprogram:
    case DW_TAG_formal_parameter:
        hold_type_of(search, die);
        break;
    default:
        break;
    }
}

static void free_nothing(void *position)
{
    (void)position; /* it is the arena's */
}

void held_find(const struct dwarf_object *object, held_is_replaced *is_replaced,
               void *arg, struct held *held)
{
    struct search search = {
        .is_replaced = is_replaced, .arg = arg, .held = held};

    *held = (struct held){0};
    arena_open(&search.arena);
    layout_walk(object, find_holder, &search);
    while (search.nr_todo > 0) {
        Dwarf_Die type = search.todo[--search.nr_todo];

        look_into(&search, &type);
    }
    if (held->nr) {
        qsort(held->positions, held->nr, sizeof(*held->positions), by_position);
    }
    tdestroy(search.seen, free_nothing);
    free(search.todo);
    arena_close(&search.arena);
}

void held_free(struct held *held)
{
    free(held->positions);
    *held = (struct held){0};
}

bool held_has(const struct held *held, uint64_t position)
{
    return held->nr && bsearch(&position, held->positions, held->nr,
                               sizeof(position), by_position);
}
