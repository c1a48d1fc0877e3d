// SPDX-License-Identifier: GPL-2.0
/*
 * livepatch-build inspect: what the builder sees in objects.
 */
#include "commands/commands.h"
#include "explain/inspect.h"
#include "model/piece.h"

int command_inspect(const struct options *options)
{
    int status = STATUS_DONE;

    if (options->operands.nr == 0) {
        fputs("livepatch-build: inspect: an object is needed\n", stderr);
        return STATUS_USAGE;
    }
    for (size_t i = 0; i < options->operands.nr; i++) {
        struct object object;

        if (object_open(options->operands.items[i], &object, stderr)) {
            status = STATUS_FAILED;
            continue;
        }
        if (pieces_cut(&object, stderr)) {
            status = STATUS_FAILED;
        } else {
            inspect_object(&object, stdout);
        }
        object_close(&object);
    }
    return status;
}
