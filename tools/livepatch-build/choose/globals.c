// SPDX-License-Identifier: GPL-2.0
/* A table of global names, filled once. */
#include "choose/globals.h"

void globals_read(const struct choose_request *request, struct globals *globals)
{
    name_table_open(&globals->pieces);
    for (size_t i = 0; i < request->nr_objects; i++) {
        if (!request->objects[i].after) {
            continue;
        }
        for_each_piece(piece, request->objects[i].after)
        {
            if (piece->symbol && piece->symbol->binding != STB_LOCAL) {
                name_table_add(&globals->pieces, piece->symbol->name, piece);
            }
        }
    }
}

void globals_free(struct globals *globals)
{
    name_table_close(&globals->pieces);
}

struct piece *globals_find(struct globals *globals, const char *name)
{
    return name_table_find(&globals->pieces, name);
}
