/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What sync remembers over a boot, in one small file: what it loaded when, and
 * whether the machine has proved since to run well with it. If the machine went
 * down before that, payloads are held back until the admin trusts them again.
 *
 *     --loads--> on trial --time passed, orderly shutdown--> stable
 *                   |                                          |
 *                   '--another boot--> held --trust--> stable -'--loads--> ...
 */
#ifndef XEN_LIVEPATCH_CRASH_GUARD_H
#define XEN_LIVEPATCH_CRASH_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#include "session/machine.h"

#define GUARD_NAMES_BYTES 1024U

struct crash_guard {
    bool is_on_trial;
    bool is_held;
    char boot[BOOT_ID_BYTES];      /* in which it was loaded */
    uint64_t uptime_s;             /* of that boot, then */
    int64_t loaded_ms;             /* since 1970 */
    uint64_t trial_s;              /* how long the machine must run with it */
    char names[GUARD_NAMES_BYTES]; /* of the payloads, as a text */
    int64_t synced_ms;             /* the last sync, 0: none */
    int synced_status;             /* its exit status */
};

/*
 * Read the guard of the state folder `dir`; nothing there is the guard of a
 * machine that never synced. Gives 0, -errno, or -EBADMSG for a file that is
 * none (which must be taken as held).
 */
int crash_guard_read(const char *dir, struct crash_guard *guard);

/* Write it, so that it is there after a crash right now. 0 or -errno. */
int crash_guard_write(const char *dir, const struct crash_guard *guard);

/* Judge what this moment means for a trial: passed, failed, or neither. True
 * when that changed the guard. */
bool crash_guard_judge(struct crash_guard *guard);

/* Seconds until the trial is over, 0 when there is none. */
uint64_t crash_guard_left_s(const struct crash_guard *guard);

/* A trial of these begins now, or anew, beside those already on trial. */
void crash_guard_arm(struct crash_guard *guard, uint64_t trial_s,
                     const char *names);

/* Whatever it is that the guard objects to: it is over. */
void crash_guard_release(struct crash_guard *guard);

/*
 * Keep other syncs out while the returned descriptor is open. -EWOULDBLOCK:
 * there is one; or -errno of making the folder or the file.
 */
int crash_guard_lock(const char *dir);

#endif
