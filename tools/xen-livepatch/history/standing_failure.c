/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One walk from the newest deed to the oldest of the boot, with the names that
 * had a deed that went well so far: a failure with a name that is not among
 * them stands.
 */
#include "history/standing_failure.h"

#include <stdlib.h>
#include <string.h>

struct names {
    const char **names;
    size_t nr;
    size_t capacity;
};

static bool has_name(const struct names *known, const char *name)
{
    for (size_t i = 0; i < known->nr; i++) {
        if (!strcmp(known->names[i], name)) {
            return true;
        }
    }
    return false;
}

/* False: no memory. */
static bool add_name(struct names *known, const char *name)
{
    if (has_name(known, name)) {
        return true;
    }
    if (known->nr == known->capacity) {
        size_t capacity = known->capacity ? 2 * known->capacity : 16;
        const char **grown =
            realloc(known->names, capacity * sizeof(*known->names));

        if (!grown) {
            return false;
        }
        known->names = grown;
        known->capacity = capacity;
    }
    known->names[known->nr++] = name;
    return true;
}

static bool add_names(struct names *known, const struct past_deed *deed)
{
    bool is_added = true;

    for (size_t i = 0; is_added && i < deed->nr_names; i++) {
        is_added = add_name(known, past_deed_name(deed, i));
    }
    return is_added;
}

static bool stands(const struct names *known, const struct past_deed *deed)
{
    for (size_t i = 0; i < deed->nr_names; i++) {
        if (!has_name(known, past_deed_name(deed, i))) {
            return true;
        }
    }
    return false;
}

bool standing_failure_find(const struct deed_history *log, const char *boot,
                           struct past_deed *failure)
{
    struct names went_well = {0};
    bool is_found = false;

    for (size_t i = log->nr; i-- && !is_found;) {
        struct past_deed deed = deed_history_at(log, i);

        if (!past_deed_is_of(&deed, boot)) {
            continue;
        }
        if (!deed.exit_status) {
            if (!add_names(&went_well, &deed)) {
                break;
            }
        } else if (stands(&went_well, &deed)) {
            *failure = deed;
            is_found = true;
        }
    }
    free(went_well.names);
    return is_found;
}
