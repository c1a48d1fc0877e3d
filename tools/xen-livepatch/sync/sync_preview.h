/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Before a payload that is applied makes way for a reissued file: would that
 * file be taken, and could the old build go back? Asks, and changes nothing.
 *
 * This project's hypervisor is asked about the first file that would be loaded.
 * What comes after it, and what comes to stock Xen, the hypervisor's loader
 * tries in this process, without symbols (lib/loader/trial.h).
 */
#ifndef XEN_LIVEPATCH_SYNC_PREVIEW_H
#define XEN_LIVEPATCH_SYNC_PREVIEW_H

#include "session/session.h"
#include "sync/sync_plan.h"

/*
 * Give an obstacle to each file of `folder`, which the plan is about, that must
 * not take the place of what is applied; the lines of the hypervisor's log go
 * to session->err. Gives how many got one: then the plan is no good any more.
 */
size_t sync_preview(struct session *session, const struct sync_view *view,
                    const struct sync_plan *plan,
                    struct payload_folder *folder);

#endif
