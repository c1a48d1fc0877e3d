/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Help with a payload's name that the hypervisor does not know.
 */
#ifndef XEN_LIVEPATCH_NAME_HINT_H
#define XEN_LIVEPATCH_NAME_HINT_H

#include "hypervisor/livepatch_list.h"
#include "session/session.h"

/*
 * Say on session->err what may have been meant by `name`: a file's name where
 * a payload's is wanted, or a loaded payload's name with a slip in it. Says
 * nothing when nothing is near. The session is connected; nothing is changed.
 */
void name_hint_print(struct session *session, const char *name);

/* The same with the payloads that were listed already. */
void name_hint_print_of(struct session *session, const char *name,
                        const struct payload_list *list);

#endif
