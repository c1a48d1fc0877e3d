/* SPDX-License-Identifier: GPL-2.0 */
/* The rows as getopt_long() wants them, and what it finds put in its place. */
#include "lib/option_rows.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_LONG 256 /* values of getopt_long() behind those of letters */

static int store_number(const struct option_table *table,
                        const struct option_row *row, void *member,
                        const char *value, FILE *err)
{
    char *end = NULL;
    unsigned long number = strtoul(value, &end, 10);

    if (*value < '0' || *value > '9' || *end != '\0' || number < row->lowest ||
        number > row->highest) {
        fprintf(err, "%s: --%s %s: not a number from %u to %u\n",
                table->program, row->name, value, row->lowest, row->highest);
        return -EINVAL;
    }
    *(unsigned int *)member = (unsigned int)number;
    return 0;
}

int option_rows_store(const struct option_table *table,
                      const struct option_row *row, void *options,
                      const char *value, FILE *err)
{
    void *member = (char *)options + row->offset;

    switch (row->kind) {
    case OPTION_FLAG:
        *(bool *)member = true;
        return 0;
    case OPTION_TEXT:
        *(const char **)member = value;
        return 0;
    case OPTION_LIST:
        text_list_add(member, value);
        return 0;
    case OPTION_NUMBER:
        return store_number(table, row, member, value, err);
    }
    return -EINVAL;
}

/* What getopt_long() wants: to be freed. */
struct getopt_words {
    struct option *longs;
    char *shorts;
};

static struct getopt_words make_words(const struct option_table *table)
{
    struct option *longs = must_alloc((table->nr + 1) * sizeof(*longs));
    char *all_shorts = must_alloc(2 * table->nr + 2);
    char *shorts = all_shorts;

    *shorts++ = ':'; /* complaints are ours */
    for (size_t i = 0; i < table->nr; i++) {
        const struct option_row *row = &table->rows[i];
        int has_value =
            row->kind == OPTION_FLAG ? no_argument : required_argument;

        longs[i] =
            (struct option){row->name, has_value, NULL, FIRST_LONG + (int)i};
        if (row->brief != 0) {
            *shorts++ = row->brief;
            if (has_value == required_argument) {
                *shorts++ = ':';
            }
        }
    }
    return (struct getopt_words){longs, all_shorts};
}

const struct option_row *option_rows_find(const struct option_table *table,
                                          const char *name)
{
    for (size_t i = 0; i < table->nr; i++) {
        if (strcmp(table->rows[i].name, name) == 0) {
            return &table->rows[i];
        }
    }
    return NULL;
}

static const struct option_row *row_of(const struct option_table *table,
                                       int found)
{
    for (size_t i = 0; i < table->nr; i++) {
        if (found == FIRST_LONG + (int)i ||
            (table->rows[i].brief != 0 && found == table->rows[i].brief)) {
            return &table->rows[i];
        }
    }
    return NULL;
}

static int parse(const struct option_table *table, void *options, char **argv,
                 const struct getopt_words *words, FILE *err)
{
    int argc = 0, found, rc = 0;

    while (argv[argc] != NULL) {
        argc++;
    }
    optind = 0; /* begin anew */
    opterr = 0;
    while (rc == 0 && (found = getopt_long(argc, argv, words->shorts,
                                           words->longs, NULL)) != -1) {
        const struct option_row *row = row_of(table, found);

        if (row == NULL) {
            fprintf(err, "%s: %s: %s (--help has them all)\n", table->program,
                    argv[optind - 1],
                    found == ':' ? "a value is missing behind this option"
                                 : "no such option, or it is cut too short");
            return -EINVAL;
        }
        rc = option_rows_store(table, row, options, optarg, err);
    }
    return rc;
}

int option_rows_parse(const struct option_table *table, void *options,
                      struct text_list *operands, char **argv, FILE *err)
{
    struct getopt_words words = make_words(table);
    int rc = parse(table, options, argv, &words, err);

    for (char **word = argv + optind; rc == 0 && *word != NULL; word++) {
        text_list_add(operands, *word);
    }
    free(words.longs);
    free(words.shorts);
    return rc;
}

/* "-j, --jobs N". */
static void print_left(const struct option_row *row, char *left, size_t room)
{
    char brief[5] = "    ";

    if (row->brief != 0) {
        snprintf(brief, sizeof(brief), "-%c, ", row->brief);
    }
    snprintf(left, room, "%s--%s%s%s", brief, row->name,
             row->value != NULL ? " " : "",
             row->value != NULL ? row->value : "");
}

void option_rows_print_help(const struct option_table *table, FILE *out)
{
    char left[64];

    for (size_t i = 0; i < table->nr; i++) {
        print_left(&table->rows[i], left, sizeof(left));
        fprintf(out, "  %-*s %s\n", table->help_column, left,
                table->rows[i].help);
    }
}
