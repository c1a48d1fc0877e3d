// SPDX-License-Identifier: GPL-2.0
/*
 * One decision for each kind of thing that is referred to.
 */
#include "binding.h"

#include <string.h>

#include "choose/kinds.h"
#include "match/names.h"

static struct binding inside(struct piece *piece)
{
    return (struct binding){.kind = BINDING_INSIDE, .piece = piece};
}

static struct binding refused(const char *reason, const char *remedy)
{
    return (struct binding){
        .kind = BINDING_REFUSED, .reason = reason, .remedy = remedy};
}

static struct binding outside(const struct image_symbol *symbol)
{
    if (symbol->is_gone) {
        return refused("is gone when the hypervisor has started", NULL);
    }
    if (symbol->is_ambiguous) {
        return refused("is the name of several things in the hypervisor",
                       "build the hypervisor with unique names of files "
                       "(CONFIG_ENFORCE_UNIQUE_SYMBOLS)");
    }
    return (struct binding){.kind = BINDING_OUTSIDE, .outside = symbol};
}

struct piece *owner_of_all(struct piece *piece)
{
    while (piece->owner) {
        piece = piece->owner;
    }
    return piece;
}

bool is_changed_constant(struct piece *after)
{
    return after->kind == PIECE_VARIABLE && after->twin &&
           !piece_is_writable(after) && !diff_is_same(after->twin, after);
}

static struct binding bind_undefined(const struct image *image,
                                     struct globals *globals,
                                     const struct symbol *symbol)
{
    const struct image_symbol *known = image_find_name(image, symbol->name);
    struct piece *piece = globals_find(globals, symbol->name);

    if (symbol->is_absolute || !symbol->name[0]) {
        return refused("is an absolute value, not a place", NULL);
    }
    if (known) {
        return outside(known);
    }
    if (piece) {
        return inside(piece);
    }
    return refused("is neither in the hypervisor nor in what the patch adds",
                   "is its file a part of this configuration?");
}

/* An older one of that name is there, and nothing says which is which. */
static bool may_be_an_old_one(const struct piece *piece,
                              const struct object *before)
{
    struct arena *arena = &piece->object->arena;
    const char *name = name_without_numbers(arena, piece->symbol->name);

    for_each_piece(old, before)
    {
        if (old->kind == PIECE_VARIABLE && !old->twin &&
            piece_is_writable(old) &&
            strcmp(name_without_numbers(arena, old->symbol->name), name) == 0) {
            return true;
        }
    }
    return false;
}

static struct binding bind_new(struct piece *target)
{
    if (is_per_cpu(target)) {
        return refused("is new per-CPU data, of which a payload has none",
                       "use a new array with an element for each CPU");
    }
    if (is_boot_only(target)) {
        return refused("is new, but for the hypervisor's start only", NULL);
    }
    if (is_in_linker_list(target)) {
        return refused("is a new one of a list that the hypervisor has walked "
                       "already",
                       NULL);
    }
    if (target->kind == PIECE_VARIABLE && piece_is_writable(target) &&
        target->object->twin &&
        may_be_an_old_one(target, target->object->twin)) {
        return refused("may be a variable that the hypervisor has, and may be "
                       "a new one: several have this name",
                       "give it a name of its own");
    }
    return inside(target);
}

static struct binding bind_named(const struct image *image,
                                 const struct piece *piece,
                                 const struct reference *reference)
{
    struct piece *target = reference->target;
    const struct image_symbol *old;

    if (owner_of_all(target) == owner_of_all((struct piece *)piece)) {
        return inside(target);
    }
    if (!target->twin) {
        return bind_new(target);
    }
    if (is_changed_constant(target)) {
        return inside(target);
    }
    old = image_find(image, target->twin);
    if (old) {
        /* A jump into the middle (switch tables) is one into the new code. */
        return target->kind == PIECE_FUNCTION && reference->distance != 0 &&
                       piece->kind == PIECE_UNNAMED
                   ? inside(target)
                   : outside(old);
    }
    if (target->kind == PIECE_VARIABLE && piece_is_writable(target)) {
        return refused("is not in the hypervisor: its compiler has stored it "
                       "in another way, or not at all",
                       "use a new variable");
    }
    return bind_new(target);
}

struct binding binding_of(const struct image *image, struct globals *globals,
                          const struct piece *piece,
                          const struct reference *reference)
{
    if (!reference->target) {
        return bind_undefined(image, globals, reference->symbol);
    }
    if (reference->target->kind == PIECE_FUNCTION ||
        reference->target->kind == PIECE_VARIABLE) {
        return bind_named(image, piece, reference);
    }
    return inside(reference->target);
}
