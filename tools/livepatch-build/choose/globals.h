/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the changed objects define for each other: global names of the tree
 * after the patch.
 */
#ifndef BUILDER_CHOOSE_GLOBALS_H
#define BUILDER_CHOOSE_GLOBALS_H

#include "base/name_table.h"
#include "choose/choose.h"

struct globals {
    struct name_table pieces;
};

void globals_read(const struct choose_request *request,
                  struct globals *globals);
void globals_free(struct globals *globals);

/* The piece that begins with this symbol; NULL. */
struct piece *globals_find(struct globals *globals, const char *name);

#endif
