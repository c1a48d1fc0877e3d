/* SPDX-License-Identifier: GPL-2.0 */
/* What was asked for on the command line: one table of options. */
#ifndef LIVEPATCH_REPLAY_OPTIONS_H
#define LIVEPATCH_REPLAY_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "lib/memory.h"

struct options {
    const char *hypervisor;
    const char *xen_syms;
    const char *kernel;
    const char *modules;
    const char *arch;
    unsigned int nr_cpus;
    const char *memory;
    unsigned int mib; /* of `memory` */
    const char *accelerator;
    const char *cmdline;
    struct text_list stack;
    bool is_replace;
    const char *check;
    struct text_list files;
    unsigned int nr_cycles;
    unsigned int seconds;       /* for each boot */
    unsigned int step_seconds;  /* without a word from dom0 */
    unsigned int stop_limit_ms; /* 0: any stop is short enough */
    const char *root;
    bool wants_shell;
    const char *artifacts;
    const char *junit;
    bool wants_tap;
    bool wants_json;
    bool is_quiet;
    bool wants_help;
    bool wants_version;
    const char *matrix;
    unsigned int nr_jobs; /* lines of it at a time */
    const char *html;
    struct text_list payloads; /* words that are no options, in order */
};

/* What holds when nothing is asked for. options_free() it. */
struct options options_new(void);
void options_free(struct options *options);

/*
 * Parse the words behind the program's name and check them, as far as they
 * alone tell. 0, or -EINVAL after a message on `err`.
 */
int options_parse(struct options *options, char **argv, FILE *err);

/* What is asked for of each line of a matrix, before the line is parsed on top
 * of it: how it is told is left out. options_free() it. */
struct options options_for_line(const struct options *options);

/* Whether a line of a matrix says nothing of how it is told: 0, or -EINVAL
 * after a message on `err`. */
int options_check_line(const struct options *line, FILE *err);

void options_print_help(FILE *out);

#endif
