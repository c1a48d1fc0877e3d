/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verbs. Each takes the parsed options, says what it has to say, and gives
 * the program's exit status.
 */
#ifndef BUILDER_COMMANDS_H
#define BUILDER_COMMANDS_H

#include <stddef.h>
#include <stdio.h>

#include "commands/options.h"

/* Exit statuses, beside 128 + N after signal N. */
enum {
    STATUS_DONE = 0,
    STATUS_FAILED = 1,  /* a file, a tool or a build */
    STATUS_USAGE = 2,   /* the command line */
    STATUS_REFUSED = 3, /* no payload can be made of this patch */
    STATUS_NOTHING = 4, /* the patch changes nothing that runs */
};

/* What each one means, for the help: a line each. */
void statuses_print(FILE *out);

struct command {
    const char *name; /* "": without a verb */
    const char *operands, *help;
    int (*run)(const struct options *options);
};

extern const struct command commands[];
extern const size_t nr_commands;

int command_build(const struct options *options);
int command_diff(const struct options *options);
int command_link(const struct options *options);
int command_inspect(const struct options *options);
int command_pairs(const struct options *options);
int command_cache(const struct options *options);

#endif
