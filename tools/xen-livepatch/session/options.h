/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the admin asked for beside the verb and its operands: the table of all
 * options, those of all verbs and those of some, and what was given of them.
 * Which verb has which stands in the table of commands. Finding options among
 * the words is the command line's job.
 */
#ifndef XEN_LIVEPATCH_OPTIONS_H
#define XEN_LIVEPATCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "session/word_kind.h"

/* The time that the stock command gives the hypervisor for an action. */
#define OPTIONS_TIMEOUT_NS 30000000U

enum option_id {
    OPTION_NONE, /* ends a list of options */

    /* Of all commands, in the order of the help. */
    OPTION_TIMEOUT,
    OPTION_RETRIES,
    OPTION_VERBOSE,
    OPTION_DRY_RUN,
    OPTION_FORCE,
    OPTION_LOG,
    OPTION_NO_LOG,
    OPTION_STATE_DIR,
    OPTION_JSON,
    OPTION_QUIET,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_TABLE,

    /* Of some commands. */
    OPTION_NODEPS,
    OPTION_OUTPUT,
    OPTION_XEN_SYMS,
    OPTION_BELOW,
    OPTION_DIR,
    OPTION_VENDOR_DIR,
    OPTION_PRUNE,
    OPTION_TRUST,
    OPTION_TRIAL,
    OPTION_MARK_STABLE,
    OPTION_ORDERLY_SHUTDOWN,
    OPTION_IGNORE,
    OPTION_WARNING,
    OPTION_CRITICAL,
    OPTION_ALL,
    OPTION_UNLOAD,
    OPTION_KEY,
    OPTION_SIGNATURE,
    OPTION_DIGEST,

    NR_OPTIONS
};

#define OPTION_FIRST_OF_SOME OPTION_NODEPS

/* One option; a row of the table. */
struct option_row {
    const char *name; /* "--timeout" */
    char brief;       /* 'v' for -v; 0: none */
    enum word_kind kind;
    const char *value;    /* the value's word in the help, "DURATION" */
    const char *help;     /* one line, without a full stop */
    uint64_t min;         /* of a number or a duration (ns) */
    uint64_t max;         /* ... 0: no bound */
    const char *expected; /* the bounds in words */
};

/* OPTION_NONE < id < NR_OPTIONS */
const struct option_row *option_row_of(enum option_id id);

struct given_option {
    enum option_id id;
    const char *value; /* NULL for one without */
};

struct options {
    bool is_verbose;
    bool is_quiet;   /* no words about progress, only results and complaints */
    bool wants_json; /* results as one JSON object; quiet beside that */
    bool is_dry_run; /* change nothing */
    bool is_forced;  /* uploads carry the ABI's FORCE flag */
    const char *log_path;    /* NULL: nothing is logged */
    const char *state_dir;   /* where sync keeps what it must remember */
    uint32_t timeout_ns;     /* for the pCPUs to meet; never 0 */
    unsigned int nr_retries; /* 0..1000, of what was busy */

    struct given_option *given; /* all, in the order in which they stood */
    size_t nr_given;
};

/* What holds when nothing is asked for, with room for `nr` options to be
 * given; NULL in .given when there is no memory. options_free() it. */
struct options options_new(size_t nr);
void options_free(struct options *options);

/*
 * Add an option; a later one overrides an earlier one of the same id. `value`
 * is there when its kind is not WORD_NONE. Gives 0, or -EINVAL after a message
 * on `err` about a value that is none of its kind.
 */
int options_add(struct options *options, enum option_id id, const char *value,
                FILE *err);

bool option_is_given(const struct options *options, enum option_id id);

/* The value given last; NULL: none was given. */
const char *option_value(const struct options *options, enum option_id id);

/* The value given as the i-th, from 0; NULL: not so many were given. */
const char *option_value_at(const struct options *options, enum option_id id,
                            size_t i);

/* The last value of a duration, in ns, or `otherwise`. */
uint64_t option_duration_ns(const struct options *options, enum option_id id,
                            uint64_t otherwise);

#endif
