/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which types something may have that lives longer than one call of a function
 * that is replaced: the hypervisor's variables, memory that was allocated, what
 * functions hand to each other. Whatever a pointer may lead to counts, as
 * nothing says where it leads; what is left are variables on the stacks of
 * functions that are replaced.
 */
#ifndef BUILDER_LAYOUT_HELD_H
#define BUILDER_LAYOUT_HELD_H

#include "layout/dwarf_object.h"

struct held {
    uint64_t *positions; /* of types' entries, sorted; no other is held */
    size_t nr;
};

/* Whether a function of this name is replaced, new or gone. */
typedef bool held_is_replaced(void *arg, const char *function);

void held_find(const struct dwarf_object *object, held_is_replaced *is_replaced,
               void *arg, struct held *held);
void held_free(struct held *held);

/* The entry of a structure or union at this position. */
bool held_has(const struct held *held, uint64_t position);

#endif
