// SPDX-License-Identifier: GPL-2.0
/*
 * Pairs of objects from the command line.
 */
#include "commands/objects.h"

#include <stdlib.h>

#include "lib/memory.h"
#include "run/layouts.h"

int compare_operands(const struct options *options,
                     struct comparison *comparison, struct findings *findings)
{
    const size_t nr = options->operands.nr / 2;
    struct compared_files *files;
    int rc;

    *comparison = (struct comparison){0};
    if (nr == 0 || options->operands.nr % 2 != 0) {
        fputs("livepatch-build: objects come in pairs: OLD.o NEW.o\n", stderr);
        return STATUS_USAGE;
    }
    files = must_alloc_items(nr, sizeof(*files));
    for (size_t i = 0; i < nr; i++) {
        files[i] = (struct compared_files){
            .name = options->operands.items[2 * i + 1],
            .before = options->operands.items[2 * i],
            .after = options->operands.items[2 * i + 1],
        };
    }
    rc = compare_files(files, nr, comparison, findings, stderr);
    free(files);
    if (!rc) {
        layouts_check(
            &(struct layouts_request){.comparison = comparison,
                                      .accepted = &options->accepted_layouts},
            findings);
    }
    return rc ? STATUS_FAILED : STATUS_DONE;
}
