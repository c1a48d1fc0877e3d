/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An index of the exported symbols of all payloads: one probe by name, however
 * many payloads there are. The symbols stay their payloads'. The registry lock
 * guards it, finding included.
 */
#ifndef LP_EXPORTS_H
#define LP_EXPORTS_H

#include <xen/symbols.h>

#include "payload.h"

struct lp_exports {
    struct lp_own_symbol **bucket; /* trees; NULL while there are no symbols */
    uint32_t nr_buckets;           /* a power of two */
    uint32_t nr;
};

/*
 * Enters the payload's exported symbols. Of symbols that have one name the
 * first is entered; the others are no longer exported. On an
 * error nothing has changed.
 *
 *   0
 *   -ENOMEM
 *   -EEXIST  *clash is another payload's symbol that has a name of this one's
 */
int lp_exports_add(struct lp_exports *exports, struct lp_payload *payload,
                   const struct lp_own_symbol **clash) __must_check;
void lp_exports_remove(struct lp_exports *exports, struct lp_payload *payload);

/* The symbol of this name, or NULL. */
struct lp_own_symbol *lp_exports_find(struct lp_exports *exports,
                                      const struct hashed_name *name);

#endif
