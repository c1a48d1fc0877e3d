// SPDX-License-Identifier: GPL-2.0
/*
 * One decision for each kind of thing that is referred to.
 */
#include "choose/binding.h"

#include <elf.h>

#include "choose/kinds.h"

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

static struct binding bind_new(const struct image *image, struct piece *target)
{
    const struct image_symbol *known =
        target->symbol->binding != STB_LOCAL
            ? image_find_name(image, target->symbol->name)
            : NULL;

    if (known) {
        return outside(known);
    }
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
    if (target->perhaps) {
        return refused(
            "may be a new one, or one that the hypervisor has under this name "
            "or another, or stores in another way",
            "if it is new, give it a name of its own and keep the old one "
            "(__attribute__((used))); if not, keep its name and its place");
    }
    return inside(target);
}

static bool leads_into_code(const struct piece *piece)
{
    for (size_t i = 0;
         piece->kind == PIECE_VARIABLE && i < piece->nr_references; i++) {
        const struct reference *reference = &piece->references[i];

        if (reference->target && reference->distance != 0 &&
            reference->target->kind == PIECE_FUNCTION) {
            return true;
        }
    }
    return false;
}

static struct binding bind_place(const struct image *image,
                                 struct piece *target)
{
    const struct image_symbol *old;

    if (!target->twin) {
        return bind_new(image, target);
    }
    if (target->is_lifted) {
        return inside(target);
    }
    if (is_changed_constant(target)) {
        return inside(target);
    }
    if (leads_into_code(target)) {
        return refused("is data that leads to labels of a function: of the old "
                       "one, also when the function is replaced",
                       "make it constant");
    }
    old = image_find(image, target->twin);
    if (old && !(old->is_gone && !is_boot_only(target))) {
        return outside(old);
    }
    if (!old && target->kind == PIECE_VARIABLE && piece_is_writable(target)) {
        return refused("is not in the hypervisor: its compiler has stored it "
                       "in another way, or not at all",
                       "use a new variable");
    }
    return bind_new(image, target);
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
        return bind_place(image, piece);
    }
    return refused("is neither in the hypervisor nor in what the patch adds",
                   "is its file a part of this configuration?");
}

static struct binding bind_named(const struct image *image,
                                 const struct piece *piece,
                                 const struct reference *reference)
{
    struct piece *target = reference->target;

    if (owner_of_all(target) == owner_of_all((struct piece *)piece)) {
        return inside(target);
    }
    /* One into the middle (a table of labels) is one into the new code. */
    if (target->kind == PIECE_FUNCTION && reference->distance != 0) {
        return inside(target);
    }
    return bind_place(image, target);
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
