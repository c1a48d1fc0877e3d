/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The entries of .livepatch.funcs: which functions a payload changes, each
 * checked against the hypervisor's text and the payload's own, with the change
 * of text that it asks for.
 */
#ifndef LP_ENTRIES_H
#define LP_ENTRIES_H

#include "resolve.h"

/*
 * Reads the relocated entries at `entries` (bytes: a multiple of the entry),
 * in the payload's image while it is writable: an old_addr of 0 is looked up
 * in the scope by name, and stored. Fills payload->funcs, nfuncs, changes,
 * fstate and order.
 *   -EOPNOTSUPP  entry version, or arch_livepatch_plan_change()
 *   -EINVAL      entries not aligned; old_size 0; old function not in text;
 *                new function not in this payload's text; name not in this
 *                payload; changes of two entries overlap; or
 *                arch_livepatch_plan_change()
 *   -EPERM       the old function is part of the patching path itself
 *   -ENOENT      no function of that name
 *   -EOVERFLOW   arch_livepatch_plan_change()
 *   -ENOMEM
 */
int lp_entries_read(struct lp_payload *payload, const struct lp_scope *scope,
                    const struct lp_span *entries) __must_check;

void lp_entries_discard(struct lp_payload *payload);

#endif
