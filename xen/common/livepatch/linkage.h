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

/* A scope that notes in payload->uses which payload each answer came from. */
struct linkage {
    struct lp_scope scope;
    struct registry_locked locked;
    struct lp_payload *payload;
};

/* -ENOMEM. payload->uses is to be given to lp_linkage_discard(). */
int lp_linkage_begin(struct registry_locked locked, struct lp_payload *payload,
                     struct linkage *linkage) __must_check;
void lp_linkage_discard(struct lp_payload *payload);

/*
 * The payload's entries have been read: notes whose text they change; and
 * checks that no export of the payload has the name of a symbol of the
 * hypervisor or of another payload's export (-EEXIST).
 */
int lp_linkage_check_exports(struct registry_locked locked,
                             struct lp_payload *payload) __must_check;

#endif
