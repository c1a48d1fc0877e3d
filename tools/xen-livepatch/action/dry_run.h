/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Dry runs as a session has them: the hypervisor is asked where it can be
 * asked, and what it says is told; where it cannot, what remains unknown is
 * told in so many words.
 *
 * What comes after a step that was taken for done cannot be asked about: the
 * hypervisor is where it was. So a session asks about its first step only.
 */
#ifndef XEN_LIVEPATCH_DRY_RUN_H
#define XEN_LIVEPATCH_DRY_RUN_H

#include "hypervisor/extension.h"
#include "session/log_excerpt.h"
#include "session/session.h"

struct dry_run {
    struct extension_dry_run asked;
    struct log_excerpt excerpt;
};

/* extension_dry_run_*() of the connected session, unless it is too late for
 * that: asked.is_answered tells. */
int dry_run_upload(struct session *session, const char *name,
                   const struct client_upload *payload, struct dry_run *run);
int dry_run_action(struct session *session, const char *const *names,
                   uint32_t nr, struct dry_run *run);

/* Nobody could be asked, for no other reason than that. */
bool dry_run_is_unknown(const struct dry_run *run, int rc);

/* End the line of progress: it would be accepted; or nobody knows, and what
 * that is, for which the command ends as OUTCOME_NOT_CHECKED. The session takes
 * the step for done. */
void dry_run_tell_accepted(struct session *session, const struct dry_run *run);
void dry_run_tell_unknown(struct session *session, enum request request);

/* After all that: the hypervisor's own lines, as after a request. */
void dry_run_tell_log(struct session *session, const struct dry_run *run,
                      enum outcome outcome);

#endif
