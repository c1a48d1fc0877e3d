/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Options that belong to one verb: "--prune", "--dir DIR", "--dir=DIR",
 * anywhere among the verb's words. Those of all verbs are in options.h.
 */
#ifndef XEN_LIVEPATCH_VERB_OPTIONS_H
#define XEN_LIVEPATCH_VERB_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define VERB_OPTION_VALUES_MAX 64U

struct verb_values {
    const char *values[VERB_OPTION_VALUES_MAX];
    size_t nr;
};

/* Exactly one of the pointers is there: what to write to. */
struct verb_option {
    const char *name;
    bool *flag;
    const char **value;         /* the last one given */
    struct verb_values *values; /* all that were given */
};

/*
 * Take the options out of the *nr_words words, which close up. Gives 0, or
 * -EINVAL after a message on `err`, which starts with `verb`, about a word with
 * "--" in front that is none of the options (a NULL name ends them), a value
 * that is missing or not wanted, or more of them than there is room for.
 */
int verb_options_take(const char *verb, int *nr_words, char **words,
                      const struct verb_option *options, FILE *err);

#endif
