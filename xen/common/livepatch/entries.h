/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The entries of .livepatch.funcs: which functions a payload changes, each
 * checked against the hypervisor's text and the payload's own, with the change
 * of text that it asks for.
 */
#ifndef LP_ENTRIES_H
#define LP_ENTRIES_H

#include "payload.h"

/*
 * Reads the relocated entries at `entries` (bytes: a multiple of the entry),
 * in the payload's image while it is writable: an old_addr of 0 is looked up
 * by name and stored. Fills payload->funcs, nfuncs and changes.
 *   -EOPNOTSUPP  entry version, or arch_livepatch_plan_change()
 *   -EINVAL      entries not aligned; old_size 0; old function not in the
 *                hypervisor's own text; new function not in this payload's
 *                text; name not in this payload; or
 * arch_livepatch_plan_change() -ENOENT      no function of that name -EOVERFLOW
 * arch_livepatch_plan_change() -ENOMEM
 */
int lp_entries_read(struct payload *payload, void *entries,
                    size_t bytes) __must_check;

/*
 * The replacement that addr lies in, by the name of what it replaces, with
 * addr's offset from its start; NULL when addr lies before them all. From any
 * context.
 */
const char *lp_entries_symbol(const struct payload *payload, unsigned long addr,
                              unsigned long *offset);

void lp_entries_discard(struct payload *payload);

#endif
