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
    {"pairs", "", "build the tree both ways, and tell which objects differ",
     command_pairs},
};

const size_t nr_commands = sizeof(commands) / sizeof(commands[0]);
