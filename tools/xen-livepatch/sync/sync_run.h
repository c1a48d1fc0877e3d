/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One sync: makes the hypervisor have what a folder has for it. Knows nothing
 * of crashes but whom to tell before anything is loaded.
 */
#ifndef XEN_LIVEPATCH_SYNC_RUN_H
#define XEN_LIVEPATCH_SYNC_RUN_H

#include "session/session.h"

struct sync {
    const char *folder;
    bool wants_prune; /* remove what is applied and not in the folder */

    /* Called once before the first payload is loaded, with the names of all
     * that will be. Another outcome than OUTCOME_DONE ends the sync. */
    enum outcome (*before_loading)(struct session *session, void *closure,
                                   const char *names);
    void *closure;
};

/*
 * Do it. What is applied already stays; a payload that cannot be loaded ends
 * the loading, because others may go on top of it. Prints a line for each
 * payload and adds "payloads" to the report. OUTCOME_DONE: all that is for this
 * hypervisor is applied.
 */
enum outcome sync_run(struct session *session, const struct sync *sync);

#endif
