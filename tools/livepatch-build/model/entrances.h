/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where code of one section goes into another one whose code has no names: all
 * of an object, found in one pass.
 */
#ifndef BUILDER_ENTRANCES_H
#define BUILDER_ENTRANCES_H

#include "model/object.h"

struct entrance {
    uint32_t into, from; /* sections */
    uint64_t start;      /* in `into`; may lie past its end */
};

/* All zero: none. */
struct entrances {
    struct entrance *all; /* by `into`, then by `start`, then by `from` */
    size_t nr, room;
};

/* `is_nameless`: of each section. */
void entrances_find(struct entrances *entrances, const struct object *object,
                    const bool *is_nameless);
void entrances_free(struct entrances *entrances);

/* Those into a section: the first; *nr of them follow one another. */
const struct entrance *entrances_of(const struct entrances *entrances,
                                    const struct section *section, size_t *nr);

#endif
