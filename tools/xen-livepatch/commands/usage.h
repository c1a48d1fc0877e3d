/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Commands and options in words, from their tables: the help, one command's
 * help, and the same for programs.
 */
#ifndef XEN_LIVEPATCH_USAGE_H
#define XEN_LIVEPATCH_USAGE_H

#include "commands/command_table.h"

/* All commands, the options of all, the exit statuses. */
void usage_print(FILE *stream);

/* "apply NAME... [--nodeps]" */
void usage_print_synopsis(const struct command *command, FILE *stream);

/* One command: its synopsis, what it does, its own options. */
void usage_print_command(const struct command *command, FILE *stream);

/*
 * Both tables, a line for each row, its words apart by a blank; then the words
 * of a kind that has a table of its own:
 *     option --timeout duration        a word alone: without a value
 *     command apply name_checked ...   kinds of the operands, "...": and more
 *     own apply --nodeps               an option of one command
 *     word attention held-back         one that a word of this kind may be
 */
void usage_print_table(FILE *stream);

/* The verb help: without a word on `err`, where the stock command has it. */
enum outcome cmd_help(struct session *session, int nr_args, char **args);

#endif
