// SPDX-License-Identifier: GPL-2.0
/*
 * A member is the same one if it has the same name. What only the one side has
 * is judged by the bytes: exactly those of one that is gone (another name),
 * those of nobody (padding), or a part of what had another shape.
 *
 * Example: { a at 0, b at 4 } and { a at 0, new at 4, b at 8 }: b has moved.
 */
#include "layout/structure.h"

#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"

/* The time grows with the square of it where all of them are new. */
#define MOST_MEMBERS (1U << 14)

struct side {
    const struct layout_type *type;
    const struct layout_member **by_name;
};

struct comparer {
    struct arena *arena;
    struct side before, after;
    size_t nr_moved;
    struct structure_change *change;
};

static int by_name(const void *a, const void *b)
{
    const struct layout_member *const *one = a;
    const struct layout_member *const *other = b;

    return strcmp((*one)->name, (*other)->name);
}

static struct side sorted(const struct layout_type *type)
{
    struct side side = {
        .type = type,
        .by_name = must_alloc_items(type->nr_members, sizeof(void *)),
    };

    for (size_t i = 0; i < type->nr_members; i++) {
        side.by_name[i] = &type->members[i];
    }
    qsort(side.by_name, type->nr_members, sizeof(void *), by_name);
    return side;
}

static const struct layout_member *find(const struct side *side,
                                        const struct layout_member *like)
{
    const struct layout_member *const *found = bsearch(
        &like, side->by_name, side->type->nr_members, sizeof(void *), by_name);

    return found ? *found : NULL;
}

static bool is_same_place(const struct layout_member *one,
                          const struct layout_member *other)
{
    return one->bit == other->bit && one->nr_bits == other->nr_bits;
}

static bool is_same_type(const struct layout_member *one,
                         const struct layout_member *other)
{
    return !one->type || !other->type || strcmp(one->type, other->type) == 0;
}

static bool overlap(const struct layout_member *one,
                    const struct layout_member *other)
{
    return one->bit < other->bit + other->nr_bits &&
           other->bit < one->bit + one->nr_bits;
}

/* "4 bytes at byte 8", "3 bits at bit 65". */
static const char *place(struct arena *arena,
                         const struct layout_member *member)
{
    const bool is_whole = member->bit % 8 == 0 && member->nr_bits % 8 == 0;
    const unsigned long unit = is_whole ? 8 : 1;
    const unsigned long size = (unsigned long)member->nr_bits / unit;

    return arena_print(arena, "%lu %s%s at %s %lu", size,
                       is_whole ? "byte" : "bit", size == 1 ? "" : "s",
                       is_whole ? "byte" : "bit",
                       (unsigned long)member->bit / unit);
}

static void tell_moved(struct comparer *comparer, const char *words)
{
    if (comparer->nr_moved++ == 0) {
        comparer->change->moved = words;
    }
}

static void compare_member(struct comparer *comparer,
                           const struct layout_member *before)
{
    const struct layout_member *after = find(&comparer->after, before);
    struct arena *arena = comparer->arena;

    if (!after) {
        return; /* whose place has been given away is seen there */
    }
    if (!is_same_place(before, after)) {
        tell_moved(comparer,
                   arena_print(arena, "'%s' was %s, is %s", before->name,
                               place(arena, before), place(arena, after)));
    } else if (!is_same_type(before, after)) {
        tell_moved(comparer,
                   arena_print(arena, "'%s' was a %s, is a %s", before->name,
                               before->type, after->type));
    }
}

static void tell_reused(struct comparer *comparer,
                        const struct layout_member *new,
                        const struct layout_member *old)
{
    struct arena *arena = comparer->arena;

    if (comparer->change->reused) {
        return;
    }
    comparer->change->reused =
        old ? arena_print(arena, "'%s' (%s) was called '%s'", new->name,
                          place(arena, new), old->name)
            : arena_print(arena, "'%s' (%s) is new, in what was padding",
                          new->name, place(arena, new));
}

/* A member that only the new one has. */
static void judge_new(struct comparer *comparer,
                      const struct layout_member *new)
{
    const struct layout_type *before = comparer->before.type;
    const struct layout_member *renamed = NULL, *broken = NULL;
    bool is_shared = false;

    for (size_t i = 0; i < before->nr_members; i++) {
        const struct layout_member *old = &before->members[i];

        if (!overlap(old, new)) {
            continue;
        }
        if (find(&comparer->after, old)) {
            is_shared = true; /* another view of it, as in a union */
        } else if (is_same_place(old, new) && is_same_type(old, new)) {
            renamed = old;
        } else {
            broken = old;
        }
    }
    if (renamed || (!is_shared && !broken)) {
        if (new->bit < 8 * before->nr_bytes) {
            tell_reused(comparer, new, renamed);
        }
    } else if (!is_shared) {
        tell_moved(comparer,
                   arena_print(comparer->arena,
                               "'%s' (%s) lies in what was "
                               "'%s' (%s)",
                               new->name, place(comparer->arena, new),
                               broken->name, place(comparer->arena, broken)));
    }
}

static bool is_equal(const struct layout_type *before,
                     const struct layout_type *after)
{
    if (before->nr_bytes != after->nr_bytes ||
        before->nr_members != after->nr_members) {
        return false;
    }
    for (size_t i = 0; i < before->nr_members; i++) {
        const struct layout_member *one = &before->members[i];
        const struct layout_member *other = &after->members[i];

        if (strcmp(one->name, other->name) != 0 || !is_same_place(one, other) ||
            !is_same_type(one, other)) {
            return false;
        }
    }
    return true;
}

/* What has moved, and how large it all is. */
static void finish(struct comparer *comparer)
{
    const uint64_t old_bytes = comparer->before.type->nr_bytes;
    const uint64_t new_bytes = comparer->after.type->nr_bytes;
    struct structure_change *change = comparer->change;
    struct arena *arena = comparer->arena;
    const char *more = "";
    const char *size = "";

    if (comparer->nr_moved > 1) {
        more = arena_print(arena, ", and %zu more so", comparer->nr_moved - 1);
    }
    if (old_bytes != new_bytes) {
        size = arena_print(arena, "%s%lu bytes in all, now %lu",
                           change->moved ? "; " : "", (unsigned long)old_bytes,
                           (unsigned long)new_bytes);
    }
    if (change->moved || size[0]) {
        change->moved =
            arena_print(arena, "has another layout: %s%s%s",
                        change->moved ? change->moved : "", more, size);
    }
}

bool structure_compare(const struct layout_type *before,
                       const struct layout_type *after, struct arena *arena,
                       struct structure_change *change)
{
    struct comparer comparer = {.arena = arena, .change = change};

    *change = (struct structure_change){0};
    if (is_equal(before, after)) {
        return false;
    }
    if (before->nr_members > MOST_MEMBERS || after->nr_members > MOST_MEMBERS) {
        change->moved = "has changed, and more members than can be compared";
        return true;
    }
    comparer.before = sorted(before);
    comparer.after = sorted(after);
    for (size_t i = 0; i < before->nr_members; i++) {
        compare_member(&comparer, &before->members[i]);
    }
    for (size_t i = 0; i < after->nr_members; i++) {
        if (!find(&comparer.before, &after->members[i])) {
            judge_new(&comparer, &after->members[i]);
        }
    }
    finish(&comparer);
    free(comparer.before.by_name);
    free(comparer.after.by_name);
    return change->moved || change->reused;
}
