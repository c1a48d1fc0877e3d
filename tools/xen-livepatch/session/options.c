/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Options by a table: names, whether a value follows (as the next word or after
 * '='), and a function that judges the value and stores it.
 */
#include "session/options.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "session/duration.h"
#include "session/places.h"

struct option_row {
    const char *brief; /* NULL: none */
    const char *full;
    bool takes_value;
    int (*set)(struct options *options, const char *value, FILE *err);
};

static int set_help(struct options *options, const char *value, FILE *err)
{
    (void)value;
    (void)err;
    options->wants_help = true;
    return 0;
}

static int set_version(struct options *options, const char *value, FILE *err)
{
    (void)value;
    (void)err;
    options->wants_version = true;
    return 0;
}

static int set_verbose(struct options *options, const char *value, FILE *err)
{
    (void)value;
    (void)err;
    options->is_verbose = true;
    return 0;
}

static int set_quiet(struct options *options, const char *value, FILE *err)
{
    (void)value;
    (void)err;
    options->is_quiet = true;
    return 0;
}

static int set_json(struct options *options, const char *value, FILE *err)
{
    (void)value;
    (void)err;
    options->wants_json = true;
    return 0;
}

static int set_dry_run(struct options *options, const char *value, FILE *err)
{
    (void)value;
    (void)err;
    options->is_dry_run = true;
    return 0;
}

static int set_timeout(struct options *options, const char *value, FILE *err)
{
    uint64_t ns;
    int rc = duration_parse(value, &ns);

    if (rc == -EINVAL) {
        fprintf(err,
                "--timeout: '%s', expected a whole number and its unit: ns, "
                "us, ms or s, such as 30ms.\n",
                value);
        return -EINVAL;
    }
    if (rc || ns < 1 || ns > UINT32_MAX) {
        fprintf(err, "--timeout: %s, expected 1ns to %uns (4.29 s).\n", value,
                UINT32_MAX);
        return -EINVAL;
    }
    options->timeout_ns = (uint32_t)ns;
    return 0;
}

static int set_retries(struct options *options, const char *value, FILE *err)
{
    size_t nr_digits = strspn(value, "0123456789");
    unsigned long number = strtoul(value, NULL, 10); /* saturates */

    if (!nr_digits || value[nr_digits] || number > OPTIONS_RETRIES_MAX) {
        fprintf(err, "--retries: '%s', expected a number from 0 to %u.\n",
                value, OPTIONS_RETRIES_MAX);
        return -EINVAL;
    }
    options->nr_retries = (unsigned int)number;
    return 0;
}

static int set_force(struct options *options, const char *value, FILE *err)
{
    (void)value;
    (void)err;
    options->is_forced = true;
    return 0;
}

static int set_no_log(struct options *options, const char *value, FILE *err)
{
    (void)value;
    (void)err;
    options->log_path = NULL;
    return 0;
}

static int check_path(const char *option, const char *value, FILE *err)
{
    if (*value) {
        return 0;
    }
    fprintf(err, "%s: '', expected a path.\n", option);
    return -EINVAL;
}

static int set_log(struct options *options, const char *value, FILE *err)
{
    options->log_path = value;
    return check_path("--log", value, err);
}

static int set_state_dir(struct options *options, const char *value, FILE *err)
{
    options->state_dir = value;
    return check_path("--state-dir", value, err);
}

static const struct option_row rows[] = {
    {"-h", "--help", false, set_help},
    {"-V", "--version", false, set_version},
    {"-v", "--verbose", false, set_verbose},
    {"-q", "--quiet", false, set_quiet},
    {"-n", "--dry-run", false, set_dry_run},
    {NULL, "--json", false, set_json},
    {NULL, "--force", false, set_force},
    {NULL, "--no-log", false, set_no_log},
    {NULL, "--log", true, set_log},
    {NULL, "--state-dir", true, set_state_dir},
    {NULL, "--timeout", true, set_timeout},
    {NULL, "--retries", true, set_retries},
};

/* *value is what follows '=' in the word, NULL when nothing does. */
static const struct option_row *find_option(const char *word,
                                            const char **value)
{
    size_t nr_name = strcspn(word, "=");

    *value = NULL;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct option_row *row = &rows[i];

        if (row->brief && !strcmp(word, row->brief)) {
            return row;
        }
        if (strlen(row->full) == nr_name &&
            !strncmp(word, row->full, nr_name)) {
            *value = word[nr_name] ? word + nr_name + 1 : NULL;
            return row;
        }
    }
    return NULL;
}

struct options options_default(void)
{
    return (struct options){.timeout_ns = OPTIONS_TIMEOUT_NS,
                            .log_path = place_of_log,
                            .state_dir = place_of_state};
}

/* Store the option in words[0]; the number of words it has, or -EINVAL. */
static int take_option(const struct option_row *row, const char *value,
                       char **words, struct options *options, FILE *err)
{
    int nr_taken = 1;

    if (row->takes_value && !value) {
        value = words[1];
        nr_taken = 2;
    }
    if (row->takes_value && !value) {
        fprintf(err, "%s: expected a value after it.\n", row->full);
        return -EINVAL;
    }
    if (!row->takes_value && value) {
        fprintf(err, "%s: '%s' after it, expected no value.\n", row->full,
                value);
        return -EINVAL;
    }
    return row->set(options, value, err) ? -EINVAL : nr_taken;
}

int options_take(int *nr_words, char **words, struct options *options,
                 FILE *err)
{
    int nr_kept = 0;
    int i = 0;

    while (i < *nr_words && strcmp(words[i], "--") != 0) {
        const char *value;
        const struct option_row *row = find_option(words[i], &value);
        int nr_taken;

        if (!row) {
            words[nr_kept++] = words[i++];
            continue;
        }
        nr_taken = take_option(row, value, words + i, options, err);
        if (nr_taken < 0) {
            return nr_taken;
        }
        i += nr_taken;
    }
    for (i++; i < *nr_words; i++) { /* what stands after "--" */
        words[nr_kept++] = words[i];
    }
    *nr_words = nr_kept;
    return 0;
}
