/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words that an admin typed, taken apart by the tables of options and of
 * commands: options wherever they stand, the command, its operands.
 */
#ifndef XEN_LIVEPATCH_COMMAND_LINE_H
#define XEN_LIVEPATCH_COMMAND_LINE_H

#include "commands/command_table.h"

struct command_line {
    struct options options;
    char **words; /* those that are no options: the command, its operands */
    int nr_words;
    const struct command *command; /* NULL: no word, or no such command */
};

/*
 * Take the `nr_words` words apart. Gives 0; or -EINVAL after a message on `err`
 * about an option that there is not, that the command does not take, or whose
 * value is missing, wrong or not wanted (what else could be read is in *line),
 * or about memory. *line owes command_line_free() either way.
 */
int command_line_read(int nr_words, char **words, struct command_line *line,
                      FILE *err);
void command_line_free(struct command_line *line);

/* The command, with the number of its operands checked; NULL after saying on
 * `err` what is wrong. There is a word. */
const struct command *command_line_check(const struct command_line *line,
                                         FILE *err);

/* The command that a word stands for; NULL after saying on `err` that there is
 * none. */
const struct command *command_named(const char *word, FILE *err);

#endif
