// SPDX-License-Identifier: GPL-2.0
/*
 * Pairing in three rounds: what has a name of its own by that name; then, from
 * pairs to what they use, as long as something new is found; last what is left
 * of a name on both sides, if there is only one way to do it.
 */
#include "match/match.h"

#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "base/name_table.h"
#include "match/names.h"
#include "model/machine.h"

/* All pieces of one name (without numbers) and kind in both objects. */
struct group {
    struct piece *first[2], *last[2]; /* a list by `next` */
    size_t nr[2];
};

struct member {
    struct group *group;
    struct piece *next;
    const struct piece *used; /* the last that was asked for, if it uses it */
    struct piece *renamed;    /* what it may be called on the other side */
    bool is_contested;        /* and another one, too */
};

struct queue {
    struct piece **pieces; /* of the object before, paired */
    size_t nr, taken;
};

struct matcher {
    struct object *objects[2];
    struct name_table functions, variables; /* groups, without numbers */
    struct group *groups;
    size_t nr_groups;
    struct queue queue;
};

static bool is_matched(const struct piece *piece)
{
    return piece->symbol &&
           (piece->kind == PIECE_FUNCTION || piece->kind == PIECE_VARIABLE);
}

static struct member *member_of(const struct piece *piece)
{
    return piece->note;
}

static void pair(struct matcher *matcher, struct piece *before,
                 struct piece *after)
{
    before->twin = after;
    after->twin = before;
    matcher->queue.pieces[matcher->queue.nr++] = before;
}

static struct group *group_of(struct matcher *matcher, struct piece *piece)
{
    struct arena *arena = &matcher->objects[0]->arena;
    const char *bare = name_without_numbers(arena, piece->symbol->name);
    struct group *made = &matcher->groups[matcher->nr_groups];
    struct group *group =
        name_table_add(piece->kind == PIECE_FUNCTION ? &matcher->functions
                                                     : &matcher->variables,
                       bare, made);

    matcher->nr_groups += group == made;
    return group;
}

static void join_groups(struct matcher *matcher, int side)
{
    for_each_piece(piece, matcher->objects[side])
    {
        struct group *group;
        struct member *member;

        piece->twin = NULL;
        piece->note = NULL;
        if (!is_matched(piece)) {
            continue;
        }
        group = group_of(matcher, piece);
        member = arena_take(&matcher->objects[0]->arena, 1, sizeof(*member));
        member->group = group;
        piece->note = member;
        if (group->last[side]) {
            member_of(group->last[side])->next = piece;
        } else {
            group->first[side] = piece;
        }
        group->last[side] = piece;
        group->nr[side]++;
    }
}

/* One without a number, once on each side: that is what it is called. */
static struct piece *find_plain(const struct group *group, int side)
{
    struct piece *plain = NULL;

    for (struct piece *piece = group->first[side]; piece;
         piece = member_of(piece)->next) {
        if (!name_is_numbered(piece->symbol->name)) {
            if (plain) {
                return NULL;
            }
            plain = piece;
        }
    }
    return plain;
}

static void pair_by_name(struct matcher *matcher)
{
    for (size_t i = 0; i < matcher->nr_groups; i++) {
        struct piece *before = find_plain(&matcher->groups[i], 0);
        struct piece *after = find_plain(&matcher->groups[i], 1);

        if (before && after) {
            pair(matcher, before, after);
        }
    }
}

/* What can be each other: nothing that the two hold speaks against it. */
static bool can_be_twins(const struct piece *before, const struct piece *after)
{
    return before && after && !before->twin && !after->twin &&
           is_matched(before) && is_matched(after) &&
           member_of(before)->group == member_of(after)->group &&
           (before->kind == PIECE_FUNCTION ||
            (before->size == after->size &&
             piece_is_writable(before) == piece_is_writable(after)));
}

/* The same code uses them in the same places. */
static void pair_uses_of_same_code(struct matcher *matcher,
                                   const struct piece *before,
                                   const struct piece *after)
{
    for (size_t i = 0; i < before->nr_references; i++) {
        const struct reference *one = &before->references[i];
        const struct reference *other = &after->references[i];

        if (one->distance == other->distance &&
            can_be_twins(one->target, other->target)) {
            pair(matcher, one->target, other->target);
        }
    }
}

static void pair_uses(struct matcher *matcher)
{
    struct queue *queue = &matcher->queue;

    while (queue->taken < queue->nr) {
        const struct piece *before = queue->pieces[queue->taken++];

        if (match_has_same_shape(before, before->twin)) {
            pair_uses_of_same_code(matcher, before, before->twin);
        }
    }
}

static struct piece *only_one_left(const struct group *group, int side)
{
    struct piece *left = NULL;

    for (struct piece *piece = group->first[side]; piece;
         piece = member_of(piece)->next) {
        if (!piece->twin) {
            if (left) {
                return NULL;
            }
            left = piece;
        }
    }
    return left;
}

/* Beside itself. */
static bool has_users(const struct piece *piece)
{
    return piece->nr_users > 1 ||
           (piece->nr_users == 1 && piece->users[0] != piece);
}

/* Somebody uses both; or nobody uses either. */
static bool have_a_user_in_common(const struct piece *before,
                                  const struct piece *after)
{
    for (size_t i = 0; i < after->nr_users; i++) {
        if (after->users[i] != after && is_matched(after->users[i])) {
            member_of(after->users[i])->used = after;
        }
    }
    for (size_t i = 0; i < before->nr_users; i++) {
        const struct piece *user = before->users[i];

        if (user != before && user->twin &&
            member_of(user->twin)->used == after) {
            return true;
        }
    }
    return !has_users(before) && !has_users(after);
}

/* Of variables a name with a number says too little: another function's, of
 * the same name, is another variable. */
static void pair_only_ones(struct matcher *matcher)
{
    for (size_t i = 0; i < matcher->nr_groups; i++) {
        struct piece *before = only_one_left(&matcher->groups[i], 0);
        struct piece *after = only_one_left(&matcher->groups[i], 1);

        if (before && after &&
            (before->kind == PIECE_FUNCTION ||
             have_a_user_in_common(before, after))) {
            pair(matcher, before, after);
        }
    }
}

/*
 * The n-th use of such a name in a function is the n-th in its twin, if both
 * use it equally often: changed code that still uses its variables in order.
 */
static void pair_uses_in_order(struct matcher *matcher,
                               const struct piece *before,
                               const struct piece *after,
                               const struct group *group)
{
    size_t i = 0;
    size_t j = 0;

    for (;;) {
        while (i < before->nr_references &&
               (!before->references[i].target ||
                !is_matched(before->references[i].target) ||
                member_of(before->references[i].target)->group != group)) {
            i++;
        }
        while (j < after->nr_references &&
               (!after->references[j].target ||
                !is_matched(after->references[j].target) ||
                member_of(after->references[j].target)->group != group)) {
            j++;
        }
        if (i == before->nr_references || j == after->nr_references) {
            return;
        }
        if (can_be_twins(before->references[i].target,
                         after->references[j].target)) {
            pair(matcher, before->references[i].target,
                 after->references[j].target);
        }
        i++;
        j++;
    }
}

static bool holds_the_same(const struct piece *one, const struct piece *other)
{
    const unsigned char *bytes = piece_bytes(one);
    const unsigned char *same = piece_bytes(other);

    return one->size == other->size && bytes && same &&
           memcmp(bytes, same, one->size) == 0;
}

/* The one that the function uses, has no twin yet and holds what `like` does;
 * NULL: none, or several. */
static struct piece *only_one_like(const struct piece *function,
                                   const struct piece *like)
{
    struct piece *only = NULL;

    for (size_t i = 0; i < function->nr_references; i++) {
        struct piece *target = function->references[i].target;

        if (target && target != only && is_matched(target) && !target->twin &&
            member_of(target)->group == member_of(like)->group &&
            holds_the_same(target, like)) {
            if (only) {
                return NULL;
            }
            only = target;
        }
    }
    return only;
}

static void pair_uses_by_value(struct matcher *matcher,
                               const struct piece *before,
                               const struct piece *target)
{
    struct piece *one = only_one_like(before, target);
    struct piece *other = only_one_like(before->twin, target);

    if (one && can_be_twins(one, other)) {
        pair(matcher, one, other);
    }
}

static void count_uses(const struct piece *piece, const struct group *group,
                       size_t *nr)
{
    for (size_t i = 0; i < piece->nr_references; i++) {
        const struct piece *target = piece->references[i].target;

        *nr +=
            target && is_matched(target) && member_of(target)->group == group;
    }
}

static void pair_uses_of_changed_code(struct matcher *matcher)
{
    const size_t nr = matcher->queue.nr;

    for (size_t q = 0; q < nr; q++) {
        const struct piece *before = matcher->queue.pieces[q];
        const struct piece *after = before->twin;

        for (size_t i = 0; i < before->nr_references; i++) {
            struct piece *target = before->references[i].target;
            size_t uses[2] = {0, 0};

            if (!target || !is_matched(target) || target->twin) {
                continue;
            }
            pair_uses_by_value(matcher, before, target);
            count_uses(before, member_of(target)->group, &uses[0]);
            count_uses(after, member_of(target)->group, &uses[1]);
            if (uses[0] == uses[1]) {
                pair_uses_in_order(matcher, before, after,
                                   member_of(target)->group);
            }
        }
    }
}

/* Neither has a twin of its own name. Constants are compared by what they hold,
 * and the numbers of clones say nothing. */
static bool may_be_renamed(const struct piece *before,
                           const struct piece *after)
{
    if (!before || !after || before->twin || after->twin ||
        !is_matched(before) || !is_matched(after) ||
        before->kind != after->kind || before->owner || after->owner) {
        return false;
    }
    return before->kind == PIECE_FUNCTION
               ? !name_is_numbered(before->symbol->name) &&
                     !name_is_numbered(after->symbol->name)
               : before->size == after->size && piece_is_writable(before) &&
                     piece_is_writable(after);
}

static void note_name(struct piece *piece, struct piece *renamed)
{
    struct member *member = member_of(piece);

    member->is_contested |= member->renamed && member->renamed != renamed;
    member->renamed = renamed;
}

static void note_renamed(const struct piece *before, const struct piece *after)
{
    for (size_t i = 0; i < before->nr_references; i++) {
        const struct reference *one = &before->references[i];
        const struct reference *other = &after->references[i];

        if (one->distance == other->distance &&
            may_be_renamed(one->target, other->target)) {
            note_name(one->target, other->target);
            note_name(other->target, one->target);
        }
    }
}

/* The same code uses them, wherever the code is the same. */
static void pair_renamed(struct matcher *matcher)
{
    for (size_t q = 0; q < matcher->queue.nr; q++) {
        const struct piece *before = matcher->queue.pieces[q];

        if (match_has_same_shape(before, before->twin)) {
            note_renamed(before, before->twin);
        }
    }
    for_each_piece(piece, matcher->objects[0])
    {
        struct piece *renamed = is_matched(piece) && !piece->twin
                                    ? member_of(piece)->renamed
                                    : NULL;

        if (renamed && !renamed->twin && !member_of(piece)->is_contested &&
            !member_of(renamed)->is_contested) {
            pair(matcher, piece, renamed);
        }
    }
}

/* A function that is paired says of what it uses who they are, and so on. */
static void pair_rest(struct matcher *matcher)
{
    size_t nr;

    do {
        nr = matcher->queue.nr;
        pair_uses(matcher);
        pair_uses_of_changed_code(matcher);
        pair_uses(matcher);
        pair_only_ones(matcher);
        pair_uses(matcher);
        pair_renamed(matcher);
    } while (matcher->queue.nr > nr);
}

void match_objects(struct object *before, struct object *after)
{
    struct matcher matcher = {.objects = {before, after}};
    size_t nr = 0;

    before->twin = after;
    after->twin = before;
    for (int side = 0; side < 2; side++) {
        for_each_piece(piece, matcher.objects[side])
        {
            nr += is_matched(piece);
        }
    }
    matcher.groups = must_alloc_items(nr + 1, sizeof(*matcher.groups));
    matcher.queue.pieces = must_alloc_items(nr + 1, sizeof(void *));
    name_table_open(&matcher.functions);
    name_table_open(&matcher.variables);
    join_groups(&matcher, 0);
    join_groups(&matcher, 1);
    pair_by_name(&matcher);
    pair_rest(&matcher);
    name_table_close(&matcher.functions);
    name_table_close(&matcher.variables);
    free(matcher.queue.pieces);
    free(matcher.groups);
    for (int side = 0; side < 2; side++) {
        for_each_piece(piece, matcher.objects[side])
        {
            piece->note = NULL;
        }
    }
}
