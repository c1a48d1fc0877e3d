/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Doing what a plan says has to be done: taking out from the newest on, loading
 * from the lowest on; and, when a step fails, putting back what was taken out.
 */
#ifndef XEN_LIVEPATCH_SYNC_CHANGES_H
#define XEN_LIVEPATCH_SYNC_CHANGES_H

#include "session/session.h"
#include "sync/sync_plan.h"

struct sync_changes {
    const struct sync_plan *plan;
    const struct sync_view *view;
    struct json_object *list; /* "payloads" of the report, or NULL */
};

/*
 * Do them. A signal that waits ends it between two payloads, and never while
 * something is out that has to go back, when what is busy is tried again as
 * ever. After a failure that left something out which was applied before, says
 * which. Gives the outcome of the step that failed first; OUTCOME_INTERRUPTED
 * for a signal.
 */
enum outcome sync_changes_do(struct session *session,
                             const struct sync_changes *changes);

/* Of a dry run: what the hypervisor says to the first of them. Gives its
 * outcome. */
enum outcome sync_changes_ask(struct session *session,
                              const struct sync_changes *changes);

/* Keep a copy of the payload file that is, or is about to be, loaded; says so
 * when that cannot be. */
void sync_changes_keep(struct session *session,
                       const struct folder_payload *file);

/* An object of the list for the step; NULL: there is no list. */
struct json_object *sync_changes_report(const struct sync_changes *changes,
                                        const struct sync_step *step);

#endif
