// SPDX-License-Identifier: GPL-2.0
/*
 * A hash table of global names, filled once.
 */
#include "choose/globals.h"

#include <stdint.h>

static bool is_global(const struct piece *piece)
{
    return piece->symbol && piece->symbol->binding != STB_LOCAL;
}

void globals_read(const struct choose_request *request, struct globals *globals)
{
    size_t nr = 0;

    *globals = (struct globals){0};
    for (size_t i = 0; i < request->nr_objects; i++) {
        if (request->objects[i].after) {
            nr += request->objects[i].after->nr_symbols;
        }
    }
    if (!hcreate_r(nr * 2 + 1, &globals->names)) {
        memory_grow(NULL, SIZE_MAX, SIZE_MAX); /* there is none */
    }
    for (size_t i = 0; i < request->nr_objects; i++) {
        if (!request->objects[i].after) {
            continue;
        }
        for_each_piece(piece, request->objects[i].after)
        {
            ENTRY entry = {.key = (char *)piece_name(piece), .data = piece};
            ENTRY *found;

            if (is_global(piece)) {
                hsearch_r(entry, ENTER, &found, &globals->names);
            }
        }
    }
}

void globals_free(struct globals *globals)
{
    hdestroy_r(&globals->names);
}

struct piece *globals_find(struct globals *globals, const char *name)
{
    ENTRY entry = {.key = (char *)name};
    ENTRY *found;

    return hsearch_r(entry, FIND, &found, &globals->names) ? found->data : NULL;
}
