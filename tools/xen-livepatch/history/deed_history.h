/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The log file read back: the deeds in the order in which they were logged.
 * Lines that are none (cut short by a full disk, written by hand) are counted
 * and left out.
 */
#ifndef XEN_LIVEPATCH_DEED_HISTORY_H
#define XEN_LIVEPATCH_DEED_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_object;

struct deed_history {
    struct json_object *deeds; /* a list of objects; NULL: no memory */
    size_t nr;
    size_t nr_bad_lines;
};

/* One deed; words go into the history's memory, "" when they are not there. */
struct past_deed {
    const char *time;
    const char *user;
    const char *boot;
    const char *verb;
    size_t nr_names;
    int64_t exit_status;
    int64_t error;    /* errno of the hypervisor's refusal, 0: none */
    int64_t sequence; /* of the hypervisor's record, 0: none */
    int64_t stop_ns;  /* 0: no stop, or not known */
    int64_t nr_late;
    int64_t time_ms;      /* `time`, since 1970; 0: not understood */
    const char *build_id; /* of what was uploaded, as digits */
    const char *depends;  /* what that goes on top of, as digits */
    int64_t nr_bytes;     /* of its file */
    struct json_object *object;
};

/*
 * Read the log at `path`, and before it what was rotated away last, `path`.1;
 * of each, if it is long, the newest 4 MiB. Gives 0 with *history, to be freed
 * with deed_history_free(); a log that is not there is an empty one; or -errno.
 */
int deed_history_read(const char *path, struct deed_history *history);
void deed_history_free(struct deed_history *history);

/* i < nr */
struct past_deed deed_history_at(const struct deed_history *history, size_t i);

/* Whether it was done in the boot `boot`; "" is none. */
bool past_deed_is_of(const struct past_deed *deed, const char *boot);

/* i < nr_names */
const char *past_deed_name(const struct past_deed *deed, size_t i);

#endif
