/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the admin asked for beside the verb and its operands. Options stand
 * before or after the verb, in any order; a flag that belongs to one verb only
 * (--nodeps) is not among them.
 */
#ifndef XEN_LIVEPATCH_OPTIONS_H
#define XEN_LIVEPATCH_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* The time that the stock command gives the hypervisor for an action. */
#define OPTIONS_TIMEOUT_NS 30000000U

#define OPTIONS_RETRIES_MAX 1000U

struct options {
    bool wants_help;
    bool wants_version;
    bool is_verbose;
    bool is_quiet;   /* no words about progress, only results and complaints */
    bool wants_json; /* results as one JSON object; quiet beside that */
    bool is_dry_run; /* change nothing */
    bool is_forced;  /* uploads carry the ABI's FORCE flag */
    const char *log_path;    /* NULL: nothing is logged */
    const char *state_dir;   /* where sync keeps what it must remember */
    uint32_t timeout_ns;     /* for the pCPUs to meet; never 0 */
    unsigned int nr_retries; /* 0..OPTIONS_RETRIES_MAX, of what was busy */
};

/* What holds when nothing is asked for. */
struct options options_default(void);

/*
 * Take all options out of the *nr_words words (a NULL follows the last one),
 * which close up; after "--",
 * which is taken out too, none is looked for. A later option overrides an
 * earlier one. Gives 0; or -EINVAL after a message on `err` about a value that
 * is missing, wrong, or not wanted. Words that are no option of ours stay.
 */
int options_take(int *nr_words, char **words, struct options *options,
                 FILE *err);

#endif
