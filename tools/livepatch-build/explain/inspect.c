// SPDX-License-Identifier: GPL-2.0
/*
 * Plain lists, one line each.
 */
#include "explain/inspect.h"

#include <string.h>

static void print_references(const struct piece *piece, FILE *out)
{
    for (size_t i = 0; i < piece->nr_references; i++) {
        const struct reference *reference = &piece->references[i];

        fprintf(out, "    +%#x: %s%+ld\n", reference->offset,
                reference->target ? piece_name(reference->target)
                                  : reference->symbol->name,
                (long)reference->distance);
    }
}

static void print_piece(const struct piece *piece, FILE *out)
{
    fprintf(out, "  %#lx %#lx %s", (unsigned long)piece->start,
            (unsigned long)piece->size, piece_name(piece));
    if (piece->owner) {
        fprintf(out, ", of %s", piece_name(piece->owner));
    }
    if (piece->kind == PIECE_STRING && piece_bytes(piece)) {
        fprintf(out, " \"%.*s\"", (int)piece->size - 1,
                (const char *)piece_bytes(piece));
    }
    fputc('\n', out);
    print_references(piece, out);
}

void inspect_object(struct object *object, FILE *out)
{
    const struct section *section = NULL;

    for_each_piece(piece, object)
    {
        if (piece->section != section) {
            section = piece->section;
            fprintf(out, "%s\n", section->name);
        }
        print_piece(piece, out);
    }
}

void inspect_differences(const struct differences *differences, FILE *out)
{
    static const char *const words[] = {
        [DIFFERENCE_NONE] = "same",
        [DIFFERENCE_NEW] = "new",
        [DIFFERENCE_GONE] = "gone",
        [DIFFERENCE_SIZE] = "another size",
        [DIFFERENCE_CODE] = "other bytes",
        [DIFFERENCE_USE] = "uses something else",
        [DIFFERENCE_TABLE] = "other entries",
        [DIFFERENCE_PART] = "another part",
        [DIFFERENCE_LINE] = "other line numbers",
        [DIFFERENCE_SECTION] = "another section",
    };

    for (size_t i = 0; i < differences->nr; i++) {
        const struct difference *found = &differences->all[i];
        const struct piece *piece = found->after ? found->after : found->before;

        fprintf(out, "  %s: %s", piece_name(piece), words[found->kind]);
        if (found->kind == DIFFERENCE_CODE || found->kind == DIFFERENCE_USE) {
            fprintf(out, " at %#lx", (unsigned long)found->offset);
        }
        fprintf(out, "%s%s\n", found->detail ? ", " : "",
                found->detail ? found->detail : "");
    }
}
