/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is known of this machine's live patches at one moment, as plain values:
 * all that is judged, and no more. Who gathers them owns the texts.
 */
#ifndef XEN_LIVEPATCH_FACTS_H
#define XEN_LIVEPATCH_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hypervisor/payload.h"

/* One payload that is loaded. */
struct loaded_facts {
    const char *name;
    struct payload_status status;
    bool is_spent;    /* its data may have changed: it can only be unloaded */
    bool is_unwanted; /* it is applied, and the next boot comes without it */
};

/* How a payload of the folders stands to what is loaded. */
enum file_fit {
    FILE_APPLIED, /* or nothing is wanted of it */
    FILE_NOT_APPLIED,
    FILE_REISSUED,         /* what is applied is another build of it */
    FILE_SUSPECT,          /* the machine went down with it on trial, or with
                              what it goes on top of */
    FILE_BAD,              /* it is no payload */
    FILE_PIN_UNCLEAR,      /* nobody knows to which build it is pinned */
    FILE_ON_HOLD,          /* the admin wants it out, or another build in */
    FILE_OTHER_HYPERVISOR, /* built for another build */
    FILE_NEEDS_BOOT,       /* the same, and newer than this boot */
};

struct file_facts {
    const char *name;
    const char *path;
    enum file_fit fit;
    bool is_stuck;   /* sync alone does not mend it */
    const char *why; /* in words; NULL: there is no more to say */
};

/* What is held back; there may be a trial of other payloads beside it. */
enum guard_facts {
    GUARD_QUIET,
    GUARD_HELD,       /* some are held back after a crash: FILE_SUSPECT */
    GUARD_HELD_ALL,   /* all are */
    GUARD_UNREADABLE, /* which sync takes for a crash */
    GUARD_NOT_KNOWN,  /* guard_error says why */
};

/* Stops of the pCPUs in this boot. */
struct stop_facts {
    int64_t last_ns;  /* how long the last one was; 0: none, or not known */
    uint64_t nr_late; /* pCPUs that missed the last deadline */
    bool is_counted;  /* by the hypervisor: the two below are known */
    uint64_t nr;
    uint64_t nr_missed; /* that missed their deadline */
};

struct facts {
    const struct loaded_facts *loaded;
    size_t nr_loaded;

    const struct file_facts *files;
    size_t nr_files;
    const char *folder_trouble; /* in words; NULL: none */
    char *const *flaws;         /* what of the folder has no effect, in words */
    size_t nr_flaws;

    enum guard_facts guard;
    int guard_error;         /* errno of GUARD_NOT_KNOWN */
    const char *state_dir;   /* where the guard lies */
    const char *held_names;  /* of what was on trial when it went down */
    uint64_t held_trial_s;   /* how long the machine had to run with that */
    const char *trial_names; /* of what is on trial; NULL: nothing is */
    uint64_t trial_left_s;   /* how long it must run with it from now on */
    int sync_status;         /* the last sync's in this boot; 0: none failed */

    const char *log_path;
    int log_error; /* errno of reading it, 0: none */

    struct stop_facts stops;
};

#endif
