/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where an errno has two meanings, asking which one it is: the hypervisor's
 * log, the state of the payload, what else is applied.
 */
#ifndef XEN_LIVEPATCH_REFUSAL_CAUSE_H
#define XEN_LIVEPATCH_REFUSAL_CAUSE_H

#include "hypervisor/payload.h"
#include "session/session.h"

/*
 * What `attempt`, refused with `rc`, was in the end: one of the requests of
 * refusal.h that say more than the request itself (REQUEST_VETOED ...), or
 * attempt->request when it is what it looks like or cannot be found out. Of
 * REQUEST_HOOKED, *hooked is whose hooks they are.
 */
enum request refusal_cause_find(struct session *session,
                                const struct attempt *attempt, int rc,
                                char hooked[PAYLOAD_NAME_LENGTH_MAX + 1]);

#endif
