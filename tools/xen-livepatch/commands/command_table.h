/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one table of commands: what each takes, what it does in words, and the
 * function that does it. The command line is checked by it; help, completion
 * and the manual's synopsis are made from it or compared with it. A new verb is
 * a row in command_table.c, a line in commands.h and a file.
 */
#ifndef XEN_LIVEPATCH_COMMAND_TABLE_H
#define XEN_LIVEPATCH_COMMAND_TABLE_H

#include "session/session.h"

#define OPERANDS_MAX 3U
#define OWN_OPTIONS_MAX 12U

struct operand {
    const char *word; /* "NAME"; NULL: there are no more */
    enum word_kind kind;
    bool is_optional;
    bool repeats; /* only the last one */
};

struct command {
    const char *name;
    const char *summary; /* one line, without a full stop */
    struct operand operands[OPERANDS_MAX + 1];
    enum option_id options[OWN_OPTIONS_MAX + 1]; /* beyond those of all */
    bool has_own_statuses;  /* its exit status is no enum outcome */
    enum option_id instead; /* this option stands in place of the operands */
    const char *text;       /* more about it, whole lines; NULL: nothing */
    enum outcome (*run)(struct session *session, int nr_args, char **args);
};

/* In the order in which a prefix is looked up; NULL for i past the last. */
const struct command *command_at(size_t i);

/* The first one that `prefix` fits; NULL: none. */
const struct command *command_find(const char *prefix);

/* Whether the option is one of all commands or one of its own. */
bool command_takes(const struct command *command, enum option_id id);

/* Of operands, at least and at most (INT_MAX: any number). */
int command_nr_min(const struct command *command);
int command_nr_max(const struct command *command);

#endif
