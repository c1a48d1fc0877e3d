// SPDX-License-Identifier: GPL-2.0
/*
 * Going through both objects, and saying for each twin in what it differs.
 */
#include "diff/diff.h"

#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "base/name_table.h"
#include "diff/same.h"
#include "model/machine.h"
#include "model/special.h"

static void add(struct differences *differences, struct difference difference)
{
    if (differences->nr == differences->room) {
        differences->room = differences->room ? 2 * differences->room : 64;
        differences->all = must_resize(differences->all, differences->room,
                                       sizeof(*differences->all));
    }
    differences->all[differences->nr++] = difference;
}

void differences_free(struct differences *differences)
{
    free(differences->all);
    *differences = (struct differences){0};
}

static const char *name_of_target(const struct reference *reference)
{
    return reference->target ? piece_name(reference->target)
                             : reference->symbol->name;
}

/* In itself, without what belongs to it. */
static bool find_in_itself(struct difference *found)
{
    const struct piece *before = found->before;
    const struct piece *after = found->after;

    if (before->size != after->size) {
        found->kind = DIFFERENCE_SIZE;
        return true;
    }
    if (!same_bytes(before, after, &found->offset)) {
        found->kind = DIFFERENCE_CODE;
        return true;
    }
    for (size_t i = 0; i < before->nr_references || i < after->nr_references;
         i++) {
        if (i < before->nr_references && i < after->nr_references &&
            same_reference(before, &before->references[i],
                           &after->references[i])) {
            continue;
        }
        found->kind = DIFFERENCE_USE;
        if (i < after->nr_references) {
            found->offset = after->references[i].offset;
            found->detail = name_of_target(&after->references[i]);
        } else {
            found->offset = before->references[i].offset;
            found->detail = name_of_target(&before->references[i]);
        }
        return true;
    }
    return false;
}

static bool is_in_table(const struct piece *piece)
{
    return piece->kind == PIECE_ENTRY || piece->kind == PIECE_SNIPPET;
}

static struct piece *next_in_table(struct piece *piece)
{
    while (piece && piece->kind != PIECE_ENTRY) {
        piece = piece->next_owned;
    }
    return piece;
}

/* Entry by entry, in the order that the compiler gave them. What an entry leads
 * to (a snippet) is compared with it. */
static bool find_in_tables(struct difference *found, bool *has_line)
{
    struct piece *one = next_in_table(found->before->owned);
    struct piece *other = next_in_table(found->after->owned);

    while (one || other) {
        if (!one || !other ||
            strcmp(one->section->name, other->section->name) != 0 ||
            !diff_is_same(one, other)) {
            found->kind = DIFFERENCE_TABLE;
            found->detail = (other ? other : one)->section->name;
            return true;
        }
        *has_line |= !same_line(one, other);
        one = next_in_table(one->next_owned);
        other = next_in_table(other->next_owned);
    }
    return false;
}

static struct piece *next_part(struct piece *piece)
{
    while (piece && is_in_table(piece)) {
        piece = piece->next_owned;
    }
    return piece;
}

static bool find(struct difference *found);

static bool find_in_parts(struct difference *found, bool *has_line)
{
    struct piece *one = next_part(found->before->owned);
    struct piece *other = next_part(found->after->owned);

    while (one || other) {
        struct difference in_part = {.before = one, .after = other};

        if (!one || !other ||
            (find(&in_part) && in_part.kind != DIFFERENCE_LINE)) {
            found->kind = DIFFERENCE_PART;
            found->detail = piece_name(other ? other : one);
            return true;
        }
        *has_line |= in_part.kind == DIFFERENCE_LINE;
        one = next_part(one->next_owned);
        other = next_part(other->next_owned);
    }
    return false;
}

static bool find(struct difference *found)
{
    bool has_line = false;

    if (find_in_itself(found) || find_in_tables(found, &has_line) ||
        find_in_parts(found, &has_line)) {
        return true;
    }
    found->kind = has_line ? DIFFERENCE_LINE : DIFFERENCE_NONE;
    return has_line;
}

/* A function that is inlined everywhere on one side is there on the other. */
static bool is_compared(const struct piece *piece)
{
    return (piece->kind == PIECE_FUNCTION || piece->kind == PIECE_VARIABLE) &&
           !piece->owner;
}

static void compare_before(struct differences *differences,
                           struct piece *before)
{
    struct difference found = {.before = before, .after = before->twin};

    if (!before->twin) {
        found.kind = DIFFERENCE_GONE;
        add(differences, found);
    } else if (piece_is_writable(before) != piece_is_writable(before->twin)) {
        found.kind = DIFFERENCE_SECTION;
        found.detail = before->twin->section->name;
        add(differences, found);
    } else if (find(&found)) {
        add(differences, found);
    }
}

/* What the compiler puts before a function to be written over, or to align it:
 * never run. */
static bool is_filler(const struct piece *piece)
{
    const unsigned char *bytes = piece_bytes(piece);

    return section_is_text(piece->section) && piece->section->nr_pieces > 1 &&
           bytes && piece->object->machine->is_filler(bytes, piece->size);
}

/* Its own entries in tables are no users. */
static bool has_users(const struct piece *piece)
{
    for (size_t i = 0; i < piece->nr_users; i++) {
        if (piece->users[i] != piece && piece->users[i]->owner != piece) {
            return true;
        }
    }
    return false;
}

/* What nobody refers to and has no name is found by where it lies: a list that
 * is walked, or code of an asm statement outside of functions. */
static bool lies_alone(const struct piece *piece)
{
    return piece->kind == PIECE_UNNAMED && piece->size > 0 &&
           piece == piece->section->pieces && !has_users(piece) &&
           !is_filler(piece);
}

/* By the name of the section that they begin; the first of a name. */
static void note_lonely(struct name_table *lonely, struct object *object)
{
    for_each_piece(piece, object)
    {
        if (lies_alone(piece)) {
            name_table_add(lonely, piece->section->name, piece);
        }
    }
}

static void find_lonely_gone(struct differences *differences,
                             struct object *before,
                             const struct name_table *after)
{
    for_each_piece(piece, before)
    {
        if (lies_alone(piece) &&
            !name_table_find(after, piece->section->name)) {
            add(differences,
                (struct difference){.kind = DIFFERENCE_GONE, .before = piece});
        }
    }
}

static void find_lonely_after(struct differences *differences,
                              const struct name_table *before,
                              struct object *after)
{
    for_each_piece(piece, after)
    {
        struct difference found = {.kind = DIFFERENCE_NEW, .after = piece};

        if (!lies_alone(piece)) {
            continue;
        }
        found.before = name_table_find(before, piece->section->name);
        if (found.before) {
            found.kind = DIFFERENCE_CODE;
        }
        if (!found.before || !diff_is_same(found.before, piece)) {
            add(differences, found);
        }
    }
}

static void compare_lonely(struct differences *differences,
                           struct object *before, struct object *after)
{
    struct name_table in_before, in_after;

    name_table_open(&in_before);
    name_table_open(&in_after);
    note_lonely(&in_before, before);
    note_lonely(&in_after, after);
    find_lonely_after(differences, &in_before, after);
    find_lonely_gone(differences, before, &in_after);
    name_table_close(&in_before);
    name_table_close(&in_after);
}

static bool is_unowned_entry(const struct piece *piece)
{
    return piece->kind == PIECE_ENTRY && !piece->owner;
}

static int by_table(const void *a, const void *b)
{
    const struct piece *one = *(struct piece *const *)a;
    const struct piece *other = *(struct piece *const *)b;
    const int order = strcmp(one->section->name, other->section->name);

    return order ? order : (one > other) - (one < other);
}

/* The caller frees; one more than there are is NULL. */
static struct piece **unowned_entries(struct object *object)
{
    struct piece **entries;
    size_t nr = 0;

    for_each_piece(piece, object)
    {
        nr += is_unowned_entry(piece);
    }
    entries = must_alloc_items(nr + 1, sizeof(void *));
    nr = 0;
    for_each_piece(piece, object)
    {
        if (is_unowned_entry(piece)) {
            entries[nr++] = piece;
        }
    }
    qsort(entries, nr, sizeof(void *), by_table);
    return entries;
}

/* Of text of other objects, say: each with the next of the same table. The
 * first that differs is told. */
static void compare_unowned(struct differences *differences,
                            struct object *before, struct object *after)
{
    struct piece **all_before = unowned_entries(before);
    struct piece **all_after = unowned_entries(after);
    size_t i = 0;

    while (all_before[i] && all_after[i] &&
           strcmp(all_before[i]->section->name, all_after[i]->section->name) ==
               0 &&
           diff_is_same(all_before[i], all_after[i])) {
        i++;
    }
    if (all_before[i] || all_after[i]) {
        add(differences,
            (struct difference){
                .kind = DIFFERENCE_TABLE,
                .before = all_before[i],
                .after = all_after[i],
                .detail =
                    (all_after[i] ? all_after : all_before)[i]->section->name});
    }
    free(all_before);
    free(all_after);
}

void diff_objects(struct object *before, struct object *after,
                  struct differences *differences)
{
    static struct object none;

    *differences = (struct differences){0};
    before = before ? before : &none;
    after = after ? after : &none;
    for_each_piece(piece, before)
    {
        if (is_compared(piece)) {
            compare_before(differences, piece);
        }
    }
    for_each_piece(piece, after)
    {
        if (is_compared(piece) && !piece->twin) {
            add(differences,
                (struct difference){.kind = DIFFERENCE_NEW, .after = piece});
        }
    }
    compare_lonely(differences, before, after);
    compare_unowned(differences, before, after);
}
