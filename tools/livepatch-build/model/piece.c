// SPDX-License-Identifier: GPL-2.0
/*
 * What can be asked of a piece. How sections are cut into them: cut.c.
 */
#include "model/piece.h"

const unsigned char *piece_bytes(const struct piece *piece)
{
    return piece->section->bytes ? piece->section->bytes + piece->start : NULL;
}

const char *piece_name(const struct piece *piece)
{
    static const char *const words[] = {
        [PIECE_FUNCTION] = "function", [PIECE_VARIABLE] = "variable",
        [PIECE_STRING] = "string",     [PIECE_CONSTANT] = "constant",
        [PIECE_UNNAMED] = "unnamed",   [PIECE_ENTRY] = "entry",
        [PIECE_SNIPPET] = "snippet",
    };

    return piece->symbol ? piece->symbol->name : words[piece->kind];
}

bool piece_is_writable(const struct piece *piece)
{
    const struct section *section = piece->section;

    return (section->flags & SHF_WRITE) &&
           !section_is_named(section, ".data.rel.ro");
}

struct piece *piece_at(const struct section *section, uint64_t offset)
{
    size_t low = 0;
    size_t high = section->nr_pieces;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (section->pieces[middle].start <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0 || offset > section->pieces[low - 1].start +
                                 section->pieces[low - 1].size) {
        return NULL;
    }
    return &section->pieces[low - 1];
}
