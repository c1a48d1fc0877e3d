/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The entries of .livepatch.funcs: which functions a payload changes, each
 * checked against the hypervisor's text and the payload's own, with the change
 * of text that it asks for.
 */
#ifndef LP_ENTRIES_H
#define LP_ENTRIES_H

#include <xen/symbols.h>

#include "resolve.h"

/*
 * Stores in the entries at `entries`, in an image that is still to be sealed,
 * each old_addr that is 0 and that the scope knows by the entry's name.
 * Believes nothing: what is wrong with an entry, lp_entries_read() tells.
 */
void lp_entries_find_old(const struct lp_payload *payload,
                         const struct lp_scope *scope,
                         const struct lp_span *entries);

/*
 * Checks the entries at `entries` (bytes: a multiple of the entry). Fills
 * payload->funcs, nfuncs, changes, fstate and order.
 *   -EOPNOTSUPP  entry version, or arch_livepatch_plan_change()
 *   -EINVAL      entries not aligned; old_size 0; old function not in text;
 *                new function not in this payload's text; name not in the part
 *                of this payload that nobody writes (NULL will do where
 *                old_addr is given); changes of two entries overlap; or
 *                arch_livepatch_plan_change()
 *   -EPERM       the old function is part of the patching path itself, or of
 *                what verifies payloads
 *   -ENOENT      no function of that name
 *   -EOVERFLOW   arch_livepatch_plan_change()
 *   -ENOMEM
 */
int lp_entries_read(struct lp_payload *payload,
                    const struct lp_part *entries) __must_check;

void lp_entries_discard(struct lp_payload *payload);

/* What to call an entry that was read, in messages: its name, or that of the
 * symbol at its old_addr. May point to `text`. */
const char *lp_entries_name(const struct livepatch_func *func,
                            char text[KSYM_NAME_LEN + 1]);

#endif
