/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What of a patch goes into a payload, or why none can be made. Takes the
 * differences of all objects and the hypervisor's image; gives a plan, and what
 * there is to say of each difference.
 *
 * Changed functions go in, with their cold parts and their entries in tables,
 * and what these use as far as the hypervisor does not have it: strings,
 * constants, new functions and new data. What it has stays where it is: its
 * data, and functions too, also changed ones, by whose old address the new one
 * is reached and which is still there when the payload is gone.
 */
#ifndef BUILDER_CHOOSE_H
#define BUILDER_CHOOSE_H

#include "base/findings.h"
#include "choose/plan.h"
#include "diff/diff.h"
#include "image/image.h"

/* An object before and after; matched, and its differences. */
struct changed_object {
    const char *name;              /* as the tree calls it: "common/domain.o" */
    struct object *before, *after; /* NULL: there is none */
    struct differences differences;
};

struct choose_request {
    struct changed_object *objects;
    size_t nr_objects;
    const struct image *image;
    bool ignores_init; /* what runs at boot only is left out, not refused */
};

enum choice {
    CHOICE_PLAN,    /* *plan is there, but for ids and metadata */
    CHOICE_NOTHING, /* nothing that runs has changed */
    CHOICE_REFUSED, /* see findings */
};

/* The caller closes *plan in any case. */
enum choice choose(const struct choose_request *request, struct plan *plan,
                   struct findings *findings);

void plan_close(struct plan *plan);

#endif
