// SPDX-License-Identifier: GPL-2.0
/*
 * Two tables of names: of the globals that are gone from a file, and of all
 * variables that are gone. The last part of a name is what its author wrote:
 * clang calls a variable of a function `function.variable`.
 */
#include "match/across.h"

#include <elf.h>
#include <string.h>

#include "base/name_table.h"
#include "match/names.h"

static bool is_global(const struct piece *piece)
{
    return piece->symbol && piece->symbol->binding != STB_LOCAL;
}

static bool is_lone(const struct piece *piece)
{
    return piece->symbol && !piece->twin &&
           (piece->kind == PIECE_FUNCTION || piece->kind == PIECE_VARIABLE);
}

static bool is_lone_variable(const struct piece *piece)
{
    return piece && piece->kind == PIECE_VARIABLE && is_lone(piece) &&
           piece_is_writable(piece);
}

static void enter_globals(struct name_table *names, struct object *object)
{
    for_each_piece(piece, object)
    {
        if (is_lone(piece) && is_global(piece)) {
            name_table_add(names, piece->symbol->name, piece);
        }
    }
}

static void pair_globals(struct name_table *names, struct object *object)
{
    for_each_piece(piece, object)
    {
        struct piece *old = is_lone(piece) && is_global(piece)
                                ? name_table_find(names, piece->symbol->name)
                                : NULL;

        if (old && !old->twin && old->kind == piece->kind) {
            old->twin = piece;
            piece->twin = old;
        }
    }
}

/* First one thing with all objects of one side, then another with all of the
 * other. */
static void pass(struct object *const objects[], size_t nr,
                 struct name_table *names,
                 void (*visit)(struct name_table *names, struct object *object))
{
    for (size_t i = 0; i < nr; i++) {
        if (objects[i]) {
            visit(names, objects[i]);
        }
    }
}

static void pair_moved(struct object *const before[],
                       struct object *const after[], size_t nr)
{
    struct name_table names;

    name_table_open(&names);
    pass(before, nr, &names, enter_globals);
    pass(after, nr, &names, pair_globals);
    name_table_close(&names);
}

static const char *own_name(const struct piece *piece)
{
    const char *bare =
        name_without_numbers(&piece->object->arena, piece->symbol->name);
    const char *dot = strrchr(bare, '.');

    return dot && dot[1] ? dot + 1 : bare;
}

static void enter_variables(struct name_table *names, struct object *object)
{
    for_each_piece(piece, object)
    {
        if (is_lone_variable(piece)) {
            name_table_add(names, own_name(piece), piece);
        }
    }
}

static void doubt_variables(struct name_table *names, struct object *object)
{
    for_each_piece(piece, object)
    {
        if (is_lone_variable(piece)) {
            piece->perhaps = name_table_find(names, own_name(piece));
        }
    }
}

static void doubt_by_name(struct object *const before[],
                          struct object *const after[], size_t nr)
{
    struct name_table names;

    name_table_open(&names);
    pass(before, nr, &names, enter_variables);
    pass(after, nr, &names, doubt_variables);
    name_table_close(&names);
}

/* One function that has used a variable which is gone, and uses one of the same
 * size that was not there: perhaps no more than its name has changed. */
static void doubt_uses(const struct piece *before, const struct piece *gone)
{
    const struct piece *after = before->twin;

    for (size_t i = 0; i < after->nr_references; i++) {
        struct piece *used = after->references[i].target;

        if (is_lone_variable(used) && !used->perhaps &&
            used->size == gone->size) {
            used->perhaps = gone;
        }
    }
}

static void doubt_by_use(struct object *before)
{
    for_each_piece(piece, before)
    {
        for (size_t i = 0; piece->twin && i < piece->nr_references; i++) {
            if (is_lone_variable(piece->references[i].target)) {
                doubt_uses(piece, piece->references[i].target);
            }
        }
    }
}

void match_across(struct object *const before[], struct object *const after[],
                  size_t nr)
{
    pair_moved(before, after, nr);
    doubt_by_name(before, after, nr);
    for (size_t i = 0; i < nr; i++) {
        if (before[i]) {
            doubt_by_use(before[i]);
        }
    }
}
