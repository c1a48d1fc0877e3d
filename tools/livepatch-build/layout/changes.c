// SPDX-License-Identifier: GPL-2.0
/*
 * Both lists are sorted by name and walked side by side.
 */
#include "layout/changes.h"

#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "layout/structure.h"

struct comparer {
    struct arena *arena;
    layout_tell *tell;
    void *arg;
};

static void compare_structures(const struct comparer *comparer,
                               const struct layout_type *before,
                               const struct layout_type *after)
{
    struct structure_change found;

    if (!structure_compare(before, after, comparer->arena, &found)) {
        return;
    }
    if (found.moved) {
        comparer->tell(comparer->arg, &(struct layout_change){
                                          .kind = LAYOUT_MOVED,
                                          .type = after->name,
                                          .reason = found.moved,
                                          .before = before,
                                          .after = after,
                                      });
    }
    if (found.reused) {
        comparer->tell(comparer->arg, &(struct layout_change){
                                          .kind = LAYOUT_REVIEWED,
                                          .type = after->name,
                                          .reason = found.reused,
                                          .before = before,
                                          .after = after,
                                      });
    }
}

/* A name that stands for another number. */
struct renumbered {
    const struct layout_number *before, *after;
};

/* The last of its enumeration before and after is taken to count the others. */
static bool is_count(const struct renumbered *one)
{
    return one->before->is_largest && one->after->is_largest;
}

/* By enumeration; what is no count comes first. */
static int by_enumeration(const void *a, const void *b)
{
    const struct renumbered *one = a;
    const struct renumbered *other = b;

    if (one->after->position != other->after->position) {
        return one->after->position > other->after->position ? 1 : -1;
    }
    if (is_count(one) != is_count(other)) {
        return is_count(one) ? 1 : -1;
    }
    return (one->before->value > other->before->value) -
           (one->before->value < other->before->value);
}

/* The `nr` of one enumeration. */
static void tell_numbers(const struct comparer *comparer,
                         const struct renumbered *all, size_t nr)
{
    const struct layout_number *before = all->before;
    const struct layout_number *after = all->after;
    const bool is_review = is_count(all);
    const char *more =
        nr == 1 ? "" : arena_print(comparer->arena, ", and %zu more", nr - 1);

    comparer->tell(
        comparer->arg,
        &(struct layout_change){
            .kind = is_review ? LAYOUT_REVIEWED : LAYOUT_MOVED,
            .type = after->type ? after->type : after->name,
            .reason = arena_print(
                comparer->arena, "has other numbers: '%s' was %ld, is %ld%s",
                after->name, (long)before->value, (long)after->value, more),
        });
}

static void compare_numbers(const struct comparer *comparer,
                            const struct layout_types *before,
                            const struct layout_types *after)
{
    struct renumbered *found =
        must_alloc_items(before->nr_numbers, sizeof(*found));
    size_t nr = 0, same;

    for (size_t i = 0, j = 0;
         i < before->nr_numbers && j < after->nr_numbers;) {
        const struct renumbered one = {&before->numbers[i], &after->numbers[j]};
        const int order = strcmp(one.before->name, one.after->name);

        if (order == 0 && one.before->value != one.after->value) {
            found[nr++] = one;
        }
        i += order <= 0;
        j += order >= 0;
    }
    if (nr) {
        qsort(found, nr, sizeof(*found), by_enumeration);
    }
    for (size_t first = 0; first < nr; first += same) {
        for (same = 1;
             first + same < nr && found[first + same].after->position ==
                                      found[first].after->position;
             same++) {
        }
        tell_numbers(comparer, &found[first], same);
    }
    free(found);
}

void layout_compare(const struct layout_types *before,
                    const struct layout_types *after, struct arena *arena,
                    layout_tell *tell, void *arg)
{
    const struct comparer comparer = {arena, tell, arg};

    for (size_t i = 0, j = 0; i < before->nr_types && j < after->nr_types;) {
        const int order = strcmp(before->types[i].name, after->types[j].name);

        if (order == 0) {
            compare_structures(&comparer, &before->types[i], &after->types[j]);
        }
        i += order <= 0;
        j += order >= 0;
    }
    compare_numbers(&comparer, before, after);
}
