/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One pass of getopt_long() over all words with the options of all commands, in
 * order ("-" in front of the short ones), so that options may stand anywhere as
 * the stock command has it, whatever POSIXLY_CORRECT says. An abbreviated
 * option, which getopt_long() takes, is refused as in the stock command.
 */
#include "commands/command_line.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "commands/usage.h"
#include "screen/nearest.h"

#define NOT_AN_OPTION 1  /* what getopt_long() gives for it */
#define LONG_OPTION 1000 /* plus its id */

/* The first thing that is wrong with the options. */
struct fault {
    const char *word;  /* the option as it was typed; NULL: nothing is wrong */
    enum option_id id; /* OPTION_NONE: there is none of this name */
    bool is_missing_value;
};

/* What getopt_long() reads: the words with a program's name in front. */
struct getopt_tables {
    char brief[2 * NR_OPTIONS + 3];
    struct option full[NR_OPTIONS];
};

static void fill_tables(struct getopt_tables *tables)
{
    char *brief = tables->brief;
    size_t nr = 0;

    *brief++ = '-'; /* in order */
    *brief++ = ':'; /* tell a missing value apart */
    for (enum option_id id = OPTION_NONE + 1; id < NR_OPTIONS; id++) {
        const struct option_row *row = option_row_of(id);

        if (row->brief) {
            *brief++ = row->brief;
        }
        tables->full[nr++] = (struct option){
            .name = row->name + 2,
            .has_arg = row->kind == WORD_NONE ? no_argument : required_argument,
            .val = LONG_OPTION + (int)id,
        };
    }
    *brief = '\0';
    tables->full[nr] = (struct option){.name = NULL};
}

/* Of what getopt_long() gave or left in optopt. */
static enum option_id id_of(int given)
{
    if (given > LONG_OPTION) {
        return (enum option_id)(given - LONG_OPTION);
    }
    for (enum option_id id = OPTION_NONE + 1; id < NR_OPTIONS; id++) {
        if (given && option_row_of(id)->brief == given) {
            return id;
        }
    }
    return OPTION_NONE;
}

/* Whether `word` has the whole name in it, with or without a value. */
static bool is_whole(const char *word, enum option_id id)
{
    size_t nr_name = strcspn(word, "=");
    const char *name = option_row_of(id)->name;

    return strncmp(word, "--", 2) != 0 ||
           (strlen(name) == nr_name && !strncmp(word, name, nr_name));
}

static void note_fault(struct fault *fault, const struct fault *seen)
{
    if (!fault->word) {
        *fault = *seen;
    }
}

/* The word that the option which getopt_long() just took stands in. */
static const char *word_of_option(char **argv)
{
    return optarg && optarg == argv[optind - 1] ? argv[optind - 2]
                                                : argv[optind - 1];
}

/* One answer of getopt_long(); 0, or -EINVAL for a value that is wrong. */
static int take_answer(int answer, char **argv, struct command_line *line,
                       struct fault *fault, FILE *err)
{
    struct fault seen = {
        .id = id_of(answer == '?' || answer == ':' ? optopt : answer)};

    if (answer == NOT_AN_OPTION) {
        line->words[line->nr_words++] = optarg;
        return 0;
    }
    seen.word = word_of_option(argv);
    seen.is_missing_value = answer == ':';
    if (seen.id != OPTION_NONE && !is_whole(seen.word, seen.id)) {
        seen = (struct fault){.word = seen.word};
    } else if (answer != '?' && answer != ':') {
        return options_add(&line->options, seen.id, optarg, err);
    }
    note_fault(fault, &seen);
    return 0;
}

static int read_words(int argc, char **argv, struct command_line *line,
                      struct fault *fault, FILE *err)
{
    struct getopt_tables tables;
    int rc = 0;
    int answer;

    fill_tables(&tables);
    opterr = 0;
    optind = 0; /* glibc: start anew */
    while ((answer = getopt_long(argc, argv, tables.brief, tables.full,
                                 NULL)) != -1) {
        int wrong = take_answer(answer, argv, line, fault, err);

        rc = rc ? rc : wrong;
    }
    while (optind < argc) {
        line->words[line->nr_words++] = argv[optind++];
    }
    return rc;
}

/* The first option given that the command does not take. */
static void find_foreign(const struct command_line *line, struct fault *fault)
{
    const struct options *options = &line->options;

    for (size_t i = 0; line->command && i < options->nr_given; i++) {
        enum option_id id = options->given[i].id;

        if (!command_takes(line->command, id)) {
            note_fault(fault,
                       &(struct fault){option_row_of(id)->name, id, false});
        }
    }
}

/* The option that was meant, of those that the command takes. */
static void print_nearest_option(const struct command_line *line,
                                 const char *word, size_t nr_name, FILE *err)
{
    size_t nr_dashes = strspn(word, "-");
    char *typed = strndup(word + nr_dashes, nr_name - nr_dashes);
    struct nearest nearest = {.typed = typed ? typed : ""};

    for (enum option_id id = OPTION_NONE + 1; id < NR_OPTIONS; id++) {
        if (!line->command || command_takes(line->command, id)) {
            nearest_offer(&nearest, option_row_of(id)->name + 2);
        }
    }
    if (nearest.word) {
        fprintf(err, "; did you mean --%s?", nearest.word);
    } else {
        fputc('.', err);
    }
    free(typed);
}

/* ", which belongs to load, apply." */
static void print_owners(enum option_id id, FILE *err)
{
    const char *separator = ", which belongs to ";
    const struct command *command;

    for (size_t i = 0; (command = command_at(i)); i++) {
        if (command_takes(command, id)) {
            fprintf(err, "%s%s", separator, command->name);
            separator = ", ";
        }
    }
    fputc('.', err);
}

static void complain_of_option(const struct command_line *line,
                               const struct fault *fault, FILE *err)
{
    const char *name = line->command ? line->command->name : NULL;
    size_t nr_name = strcspn(fault->word, "=");

    fprintf(err, "Unsupported flag: %s.\nxen-livepatch: ", fault->word);
    if (name) {
        fprintf(err, "%s has no option %.*s", name, (int)nr_name, fault->word);
    } else {
        fprintf(err, "there is no option %.*s", (int)nr_name, fault->word);
    }
    if (fault->id != OPTION_NONE) {
        print_owners(fault->id, err);
    } else {
        print_nearest_option(line, fault->word, nr_name, err);
    }
    fprintf(err, " 'xen-livepatch help%s%s' lists those it has.\n",
            name ? " " : "", name ? name : "");
}

static void complain_of_fault(const struct command_line *line,
                              const struct fault *fault, FILE *err)
{
    bool is_ours = fault->id != OPTION_NONE &&
                   (!line->command || command_takes(line->command, fault->id));
    const char *equals = strchr(fault->word, '=');

    if (!is_ours) {
        complain_of_option(line, fault, err);
    } else if (fault->is_missing_value) {
        fprintf(err, "%s: expected a value after it: %s.\n",
                option_row_of(fault->id)->name,
                option_row_of(fault->id)->value);
    } else {
        fprintf(err, "%s: '%s' after it, expected no value.\n",
                option_row_of(fault->id)->name, equals ? equals + 1 : "");
    }
}

int command_line_read(int nr_words, char **words, struct command_line *line,
                      FILE *err)
{
    char **argv = calloc((size_t)nr_words + 2, sizeof(*argv));
    struct fault fault = {.word = NULL};
    int rc = -EINVAL;

    *line = (struct command_line){
        .options = options_new((size_t)nr_words),
        .words = calloc((size_t)nr_words + 1, sizeof(*words)),
    };
    if (!argv || !line->words || !line->options.given) {
        fputs("xen-livepatch: no memory for the words.\n", err);
        goto free;
    }
    argv[0] = (char *)"xen-livepatch";
    memcpy(argv + 1, words, (size_t)nr_words * sizeof(*words));
    rc = read_words(nr_words + 1, argv, line, &fault, err);
    if (line->nr_words) {
        line->command = command_find(line->words[0]);
    }
    find_foreign(line, &fault);
    if (!rc && fault.word) {
        complain_of_fault(line, &fault, err);
        rc = -EINVAL;
    }
free:
    free(argv);
    return rc;
}

void command_line_free(struct command_line *line)
{
    options_free(&line->options);
    free(line->words);
}

const struct command *command_named(const char *word, FILE *err)
{
    const struct command *command = command_find(word);
    struct nearest nearest = {.typed = word};

    if (command) {
        return command;
    }
    fprintf(err, "Unrecognised command '%s' -- try 'xen-livepatch help'\n",
            word);
    for (size_t i = 0; (command = command_at(i)); i++) {
        nearest_offer(&nearest, command->name);
    }
    if (nearest.word) {
        fprintf(err, "xen-livepatch: did you mean '%s'?\n", nearest.word);
    }
    return NULL;
}

/* The operand that is missing, or is too many. */
static void complain_of_count(const struct command *command, int nr_args,
                              char **args, FILE *err)
{
    fprintf(err, "xen-livepatch: %s: ", command->name);
    if (nr_args < command_nr_min(command)) {
        fprintf(err, "%s is missing.\n", command->operands[nr_args].word);
    } else {
        fprintf(err, "'%s' is one operand too many.\n",
                args[command_nr_max(command)]);
    }
    fputs("Usage: xen-livepatch ", err);
    usage_print_synopsis(command, err);
    fputc('\n', err);
}

/* An option that stands in place of the operands: one or the other. */
static bool is_replaced(const struct command_line *line)
{
    return line->command->instead != OPTION_NONE &&
           option_is_given(&line->options, line->command->instead);
}

const struct command *command_line_check(const struct command_line *line,
                                         FILE *err)
{
    const struct command *command = command_named(line->words[0], err);
    int nr_args = line->nr_words - 1;

    if (!command || (is_replaced(line) && !nr_args)) {
        return command;
    }
    if (is_replaced(line)) {
        fprintf(err,
                "xen-livepatch: %s: '%s' and %s, expected one of the two.\n",
                command->name, line->words[1],
                option_row_of(command->instead)->name);
        return NULL;
    }
    if (nr_args < command_nr_min(command) ||
        nr_args > command_nr_max(command)) {
        complain_of_count(command, nr_args, line->words + 1, err);
        return NULL;
    }
    return command;
}
