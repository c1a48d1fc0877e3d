/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What was asked for on the command line: one table of options, from which they
 * are parsed and the help is printed.
 */
#ifndef LIVEPATCH_BUILD_OPTIONS_H
#define LIVEPATCH_BUILD_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "base/memory.h"

struct options {
    const char *source;
    struct text_list patches;
    struct text_list pristine;
    const char *config;
    const char *build_cmd;
    const char *arch; /* this machine's by default */
    unsigned int nr_jobs;
    const char *cache;
    const char *keep;
    const char *xen_syms;
    const char *output;
    const char *depends;
    const char *xen_depends;
    const char *name;
    struct text_list metadata; /* "KEY=VALUE" */
    bool ignores_init;
    bool wants_replace;
    bool wants_expectations;
    bool wants_writable_funcs;
    bool wants_explain;
    bool wants_json;
    bool wants_help;
    bool wants_version;
    struct text_list operands; /* words that are no options, in order */
};

/* What holds when nothing is asked for. options_free() it. */
struct options options_new(void);
void options_free(struct options *options);

/*
 * Parse the words behind the program's name; verb and operands are among the
 * operands. 0, or -EINVAL after a message on `err`.
 */
int options_parse(struct options *options, int argc, char **argv, FILE *err);

/* A line for each option. */
void options_print_help(FILE *out);

#endif
