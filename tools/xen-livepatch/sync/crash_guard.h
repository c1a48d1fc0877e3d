/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What sync remembers over a boot, in one small file: what it loaded when, and
 * whether the machine has proved since to run well with it. If the machine went
 * down before that, payloads are held back until the admin trusts them again.
 *
 *     --loads--> on trial --time passed, orderly shutdown--> stable
 *                   |                                          |
 *                   '--another boot--> held --trust--> stable -'--loads--> ...
 *
 * Held back are those of the trial that have never passed one; when all of them
 * have, it is not known which is to blame, and all of the trial are. The others
 * may be loaded, and have a trial of their own.
 */
#ifndef XEN_LIVEPATCH_CRASH_GUARD_H
#define XEN_LIVEPATCH_CRASH_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/kept_id.h"
#include "session/machine.h"

#define GUARD_NAMES_BYTES 1024U
#define GUARD_PAYLOADS_MAX 64U

/* Payloads, each known by its build-id. */
struct guard_set {
    struct kept_id ids[GUARD_PAYLOADS_MAX];
    size_t nr;
    bool is_all; /* there was no room, or it is not known which: any payload */
};

/* A trial: what was loaded in which boot. */
struct guard_trial {
    int64_t loaded_ms;             /* since 1970; 0: not known */
    uint64_t trial_s;              /* how long the machine must run with it */
    char names[GUARD_NAMES_BYTES]; /* of the payloads, as a text */
    struct guard_set payloads;
};

struct crash_guard {
    bool is_on_trial;
    bool is_held;             /* `held` is: the machine went down */
    char boot[BOOT_ID_BYTES]; /* of the trial, in which it began */
    uint64_t uptime_s;        /* of that boot, then */
    struct guard_trial trial; /* the present or last one */
    struct guard_trial held;  /* the first that was not passed; of its payloads
                                 those that are to blame */
    struct guard_set proven;  /* have passed a trial */
    int64_t synced_ms;        /* the last sync, 0: none */
    int synced_status;        /* its exit status */
};

/*
 * Read the guard of the state folder `dir`; nothing there is the guard of a
 * machine that never synced. Gives 0, -errno, or -EBADMSG for a file that is
 * none, which may be what a crash left: the guard then holds everything back.
 */
int crash_guard_read(const char *dir, struct crash_guard *guard);

/* Write it, so that it is there after a crash right now; the folder is made
 * when it is not there. 0 or -errno. */
int crash_guard_write(const char *dir, const struct crash_guard *guard);

/* Remove what writers that were killed left. No other one may be under way. */
void crash_guard_clean(const char *dir);

/* Judge what this moment means for a trial: passed, failed, or neither. True
 * when that changed the guard. */
bool crash_guard_judge(struct crash_guard *guard);

/* Seconds until the trial is over, 0 when there is none. */
uint64_t crash_guard_left_s(const struct crash_guard *guard);

/* A trial of these begins now, or anew, beside those already on trial. */
void crash_guard_arm(struct crash_guard *guard, uint64_t trial_s,
                     const char *names, const struct guard_set *payloads);

/* Add a payload, or notice that there is no room. */
void guard_set_add(struct guard_set *set, const struct kept_id *id);

bool guard_set_has(const struct guard_set *set, const struct kept_id *id);

/* Whether this payload is held back. */
bool crash_guard_holds(const struct crash_guard *guard,
                       const struct kept_id *id);

/* The trial ends without a verdict: the machine goes down on purpose. */
void crash_guard_end_trial(struct crash_guard *guard);

/* The admin trusts what was held back. */
void crash_guard_trust(struct crash_guard *guard);

#endif
