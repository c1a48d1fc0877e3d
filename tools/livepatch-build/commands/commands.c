// SPDX-License-Identifier: GPL-2.0
/*
 * The table of verbs.
 */
#include "commands/commands.h"

const struct command commands[] = {
    {"", "", "build a tree without and with a patch, and make a payload",
     command_build},
    {"diff", "OLD.o NEW.o...",
     "what has changed between objects; with --xen-syms what of it would be "
     "in a payload",
     command_diff},
    {"link", "OLD.o NEW.o...", "make a payload from objects", command_link},
    {"inspect", "OBJECT...", "what an object holds", command_inspect},
    {"cache", "", "show the builds that --cache keeps, and remove old ones",
     command_cache},
    {"pairs", "", "build the tree both ways, and tell which objects differ",
     command_pairs},
};

static const struct {
    const char *status, *meaning;
} statuses[] = {
    {"0", "done; the payload is written"},
    {"1", "a file, a tool or a build failed, or the source is not that of "
          "--xen-syms"},
    {"2", "wrong verb, operand or option"},
    {"3", "no payload can be made of this patch"},
    {"4", "the patch changes nothing that runs"},
    {"128 + N", "ended by signal N; nothing is left behind"},
};

void statuses_print(FILE *out)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
        fprintf(out, "  %7s  %s\n", statuses[i].status, statuses[i].meaning);
    }
}

const size_t nr_commands = sizeof(commands) / sizeof(commands[0]);
