/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Keeps what was given, checks each value by its kind, and sets the fields that
 * every part of the command looks at.
 */
#include "session/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "session/duration.h"
#include "session/places.h"

struct options options_new(size_t nr)
{
    return (struct options){.timeout_ns = OPTIONS_TIMEOUT_NS,
                            .log_path = place_of_log,
                            .state_dir = place_of_state,
                            .given =
                                calloc(nr + 1, sizeof(struct given_option))};
}

void options_free(struct options *options)
{
    free(options->given);
    options->given = NULL;
}

static int check_bounds(const struct option_row *row, const char *value,
                        uint64_t number, FILE *err)
{
    if (number >= row->min && (!row->max || number <= row->max)) {
        return 0;
    }
    fprintf(err, "%s: %s, expected %s.\n", row->name, value, row->expected);
    return -EINVAL;
}

static int check_duration(const struct option_row *row, const char *value,
                          FILE *err)
{
    uint64_t ns = 0;
    int rc = duration_parse(value, &ns);

    if (rc == -EINVAL) {
        fprintf(err, "%s: '%s', expected " DURATION_EXPECTED ".\n", row->name,
                value);
        return -EINVAL;
    }
    return check_bounds(row, value, rc ? UINT64_MAX : ns, err);
}

static int check_number(const struct option_row *row, const char *value,
                        FILE *err)
{
    size_t nr_digits = strspn(value, "0123456789");

    if (!nr_digits || value[nr_digits]) {
        fprintf(err, "%s: '%s', expected %s.\n", row->name, value,
                row->expected);
        return -EINVAL;
    }
    return check_bounds(row, value, strtoul(value, NULL, 10), /* saturates */
                        err);
}

static int check_path(const struct option_row *row, const char *value,
                      FILE *err)
{
    if (*value) {
        return 0;
    }
    fprintf(err, "%s: '', expected a path.\n", row->name);
    return -EINVAL;
}

static int check_value(const struct option_row *row, const char *value,
                       FILE *err)
{
    switch (row->kind) {
    case WORD_DURATION:
        return check_duration(row, value, err);
    case WORD_NUMBER:
        return check_number(row, value, err);
    case WORD_FILE:
    case WORD_PAYLOAD_FILE:
    case WORD_FOLDER:
        return check_path(row, value, err);
    default:
        return 0;
    }
}

/* The fields of what all commands have; `value` was checked. */
static void set_field(struct options *options, enum option_id id,
                      const char *value)
{
    switch (id) {
    case OPTION_TIMEOUT:
        options->timeout_ns =
            (uint32_t)option_duration_ns(options, id, OPTIONS_TIMEOUT_NS);
        break;
    case OPTION_RETRIES:
        options->nr_retries = (unsigned int)strtoul(value, NULL, 10);
        break;
    case OPTION_LOG:
    case OPTION_NO_LOG:
        options->log_path = value;
        break;
    case OPTION_STATE_DIR:
        options->state_dir = value;
        break;
    default:
        break;
    }
    options->is_verbose |= id == OPTION_VERBOSE;
    options->is_quiet |= id == OPTION_QUIET;
    options->wants_json |= id == OPTION_JSON;
    options->is_dry_run |= id == OPTION_DRY_RUN;
    options->is_forced |= id == OPTION_FORCE;
}

int options_add(struct options *options, enum option_id id, const char *value,
                FILE *err)
{
    if (check_value(option_row_of(id), value, err)) {
        return -EINVAL;
    }
    options->given[options->nr_given++] = (struct given_option){id, value};
    set_field(options, id, value);
    return 0;
}

bool option_is_given(const struct options *options, enum option_id id)
{
    for (size_t i = 0; i < options->nr_given; i++) {
        if (options->given[i].id == id) {
            return true;
        }
    }
    return false;
}

const char *option_value(const struct options *options, enum option_id id)
{
    const char *value = NULL;

    for (size_t i = 0; i < options->nr_given; i++) {
        if (options->given[i].id == id) {
            value = options->given[i].value;
        }
    }
    return value;
}

const char *option_value_at(const struct options *options, enum option_id id,
                            size_t i)
{
    for (size_t k = 0; k < options->nr_given; k++) {
        if (options->given[k].id == id && i-- == 0) {
            return options->given[k].value;
        }
    }
    return NULL;
}

uint64_t option_duration_ns(const struct options *options, enum option_id id,
                            uint64_t otherwise)
{
    const char *value = option_value(options, id);

    if (value) {
        duration_parse(value, &otherwise);
    }
    return otherwise;
}
