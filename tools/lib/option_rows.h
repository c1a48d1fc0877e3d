/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A command line by a table: each row is an option, its place in the program's
 * own struct, and its help. getopt_long(3) does the parsing.
 */
#ifndef TOOLS_OPTION_ROWS_H
#define TOOLS_OPTION_ROWS_H

#include <stdio.h>

#include "lib/memory.h"

enum option_kind {
    OPTION_FLAG,   /* bool */
    OPTION_TEXT,   /* const char *, which points into the command line */
    OPTION_LIST,   /* struct text_list: may be given more than once */
    OPTION_NUMBER, /* unsigned int */
};

struct option_row {
    const char *name;
    char brief; /* 'j' for -j; 0: none */
    enum option_kind kind;
    size_t offset;       /* of its member */
    unsigned int lowest; /* of a number */
    unsigned int highest;
    const char *value; /* the value's word in the help; NULL for a flag */
    const char *help;
};

struct option_table {
    const char *program; /* for messages */
    const struct option_row *rows;
    size_t nr;
    int help_column; /* of the help, two blanks behind the margin */
};

/*
 * Parse the words behind the program's name into *options; those that are no
 * options are added to `operands`. 0, or -EINVAL after a message on `err`.
 */
int option_rows_parse(const struct option_table *table, void *options,
                      struct text_list *operands, char **argv, FILE *err);

/* The row of that name; NULL: there is none. */
const struct option_row *option_rows_find(const struct option_table *table,
                                          const char *name);

/* What a row's value, as text, sets in *options; of a flag it is not looked at.
 * 0, or -EINVAL after a message on `err`. */
int option_rows_store(const struct option_table *table,
                      const struct option_row *row, void *options,
                      const char *value, FILE *err);

/* A line for each option. */
void option_rows_print_help(const struct option_table *table, FILE *out);

#endif
