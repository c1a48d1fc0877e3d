/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One sync: makes the hypervisor have what the folders have for it. Knows of
 * crashes only what the guard holds back, and whom to tell before anything is
 * loaded.
 */
#ifndef XEN_LIVEPATCH_SYNC_RUN_H
#define XEN_LIVEPATCH_SYNC_RUN_H

#include "session/overview.h"
#include "session/session.h"
#include "sync/sync_folders.h"
#include "sync/sync_plan.h"

/* All that a comparison needs and gives. */
struct sync_comparison {
    struct overview overview;
    struct loaded loaded;
    struct payload_folder folder;
    struct sync_view view;
    struct sync_plan plan;
};

/*
 * Read the folders, ask the hypervisor what it has, compare: for sync, and for
 * who only wants to know. OUTCOME_DONE with *comparison, to be freed with
 * sync_comparison_free() and not to be moved; or another outcome after saying
 * why.
 */
enum outcome sync_compare(struct session *session,
                          const struct sync_folders *folders,
                          const struct crash_guard *guard, bool wants_prune,
                          struct sync_comparison *comparison);
void sync_comparison_free(struct sync_comparison *comparison);

/* What is to be loaded; and what was applied before, of the folders, too
 * shortly ago for a trial to be over, and has not passed one. */
struct sync_loads {
    char names[GUARD_NAMES_BYTES]; /* as a text, the first ones */
    struct guard_set payloads;
};

struct sync {
    struct sync_folders folders;
    bool wants_prune; /* remove what is applied and not wanted */
    const struct crash_guard *guard;
    uint64_t trial_s; /* how long a trial takes */

    /* Called once before the first payload is loaded, with all that will be.
     * Another outcome than OUTCOME_DONE ends the sync. */
    enum outcome (*before_loading)(struct session *session, void *closure,
                                   const struct sync_loads *loads);
    void *closure;

    bool holds_back; /* OUT: the guard holds back what would be loaded */
};

/*
 * Do it. Prints a line for each payload and adds "payloads" to the report; a
 * dry run prints the plan. OUTCOME_DONE: all that is for this hypervisor is
 * applied, but for what the admin holds, pins or masks.
 */
enum outcome sync_run(struct session *session, struct sync *sync);

#endif
