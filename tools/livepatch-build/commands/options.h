/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What was asked for on the command line: one table of options, from which they
 * are parsed and the help is printed.
 */
#ifndef LIVEPATCH_BUILD_OPTIONS_H
#define LIVEPATCH_BUILD_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "lib/memory.h"

#define OPTION_NO_AMOUNT 0xffffffffU

struct options {
    const char *source;
    struct text_list bases;
    struct text_list patches;
    struct text_list pristine;
    const char *config;
    const char *build_cmd;
    const char *arch; /* this machine's by default */
    unsigned int nr_jobs;
    const char *cache;
    unsigned int unused_for; /* days; or OPTION_NO_AMOUNT */
    unsigned int down_to;    /* MiB; 〃 */
    const char *keep;
    const char *xen_syms;
    const char *output;
    bool makes_folder; /* of the output; not an option */
    const char *depends;
    const char *xen_depends;
    const char *name;
    const char *key;                   /* file of a private key */
    struct text_list metadata;         /* "KEY=VALUE" */
    struct text_list accepted_layouts; /* names of types */
    bool ignores_init;
    bool wants_replace;
    bool wants_expectations;
    bool wants_writable_funcs;
    bool wants_explain;
    bool wants_json;
    bool wants_help;
    bool wants_version;
    bool wants_table;
    struct text_list operands; /* words that are no options, in order */
};

/* What holds when nothing is asked for. options_free() it. */
struct options options_new(void);
void options_free(struct options *options);

/*
 * Parse the words behind the program's name; verb and operands are among the
 * operands. 0, or -EINVAL after a message on `err`.
 */
int options_parse(struct options *options, char **argv, FILE *err);

/* Whether they fit together: 0, or -EINVAL after a message on `err`.
 * options_parse() has asked. */
int options_check(const struct options *options, FILE *err);

/*
 * Set one option that may differ from base to base; "" is the value of one that
 * has none. The value stays the caller's, but for those of lists. 0, or -EINVAL
 * after a message on `err`.
 */
int options_set_of_base(struct options *options, const char *name,
                        const char *value, FILE *err);

/* Whether the option's value is the path of a file or folder. */
enum option_path {
    OPTION_IS_NO_PATH,
    OPTION_IS_PATH,
    OPTION_MAY_BE_PATH, /* or a word */
};
enum option_path options_path_kind(const char *name);

/* A line for each option. */
void options_print_help(FILE *out);

/*
 * What the completion of command lines reads: "option NAME [KIND]" for each
 * name of an option, with the kind of its value, and "word KIND WORD" for the
 * words that some kinds have.
 */
void options_print_table(FILE *out);

#endif
