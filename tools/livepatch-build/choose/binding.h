/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where a reference of a piece that goes into a payload will lead.
 *
 * What the hypervisor has is reached where it is: its data, and its functions
 * by their old addresses, which hold when the payload is gone again. What it
 * does not have comes along. A function's own parts, tables and jumps into
 * itself lead into the new one.
 */
#ifndef BUILDER_CHOOSE_BINDING_H
#define BUILDER_CHOOSE_BINDING_H

#include "choose/choose.h"
#include "choose/globals.h"

enum binding_kind {
    BINDING_INSIDE,  /* `piece`, which goes in as well */
    BINDING_OUTSIDE, /* `outside` */
    BINDING_REFUSED, /* `reason` and `remedy` */
};

struct binding {
    enum binding_kind kind;
    struct piece *piece;
    const struct image_symbol *outside;
    const char *reason, *remedy; /* static texts */
};

/* Neither looks at what else is in the payload. */
struct binding binding_of(const struct image *image, struct globals *globals,
                          const struct piece *piece,
                          const struct reference *reference);

/* The function that it belongs to, however far; itself. */
struct piece *owner_of_all(struct piece *piece);

/* A constant that the patch has changed, and the hypervisor has the old one. */
bool is_changed_constant(struct piece *after);

#endif
