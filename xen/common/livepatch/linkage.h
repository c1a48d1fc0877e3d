/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a payload that is being loaded may refer to, and what it may define:
 * names of the hypervisor and of payloads loaded before. Keeps count of whose
 * memory the payload comes to depend on.
 */
#ifndef LP_LINKAGE_H
#define LP_LINKAGE_H

#include "registry.h"
#include "resolve.h"

/* A scope that marks which payload each answer came from. */
struct linkage {
    struct lp_scope scope;
    struct registry_locked locked;
};

/* One at a time, until the lock is given back: the marks are the payloads'. */
void lp_linkage_begin(struct registry_locked locked, struct linkage *linkage);

/*
 * The payload's entries and symbols have been read. Checks that no export of
 * the payload has the name of a symbol of the hypervisor (-EEXIST), and keeps
 * in payload->uses whose symbols were found and whose text the entries change;
 * to be given to lp_linkage_discard(). -ENOMEM.
 */
int lp_linkage_end(struct registry_locked locked,
                   struct lp_payload *payload) __must_check;
void lp_linkage_discard(struct lp_payload *payload);

#endif
