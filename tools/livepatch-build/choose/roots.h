/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where a payload begins: the functions that have changed, and the hooks.
 */
#ifndef BUILDER_CHOOSE_ROOTS_H
#define BUILDER_CHOOSE_ROOTS_H

#include "choose/choose.h"

/* A changed function, and what it is in the hypervisor. */
struct root {
    struct piece *piece;            /* after */
    const struct image_symbol *old; /* NULL: a hook */
    const char *object;
};

struct roots {
    struct root *all;
    size_t nr, room;
};

/* Judges each difference; what is refused is in the findings. */
void roots_find(const struct choose_request *request, struct roots *roots,
                struct findings *findings);
void roots_free(struct roots *roots);

#endif
