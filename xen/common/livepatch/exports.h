/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An index of the exported symbols of all payloads: one probe by name, however
 * many payloads there are. The symbols stay their payloads'.
 */
#ifndef LP_EXPORTS_H
#define LP_EXPORTS_H

#include "payload.h"

struct lp_exports {
    struct lp_own_symbol **bucket; /* NULL while there are no symbols */
    uint32_t nr_buckets;           /* a power of two */
    uint32_t nr;
};

/* Makes room for nr more symbols. -ENOMEM; nothing changes then. */
int lp_exports_reserve(struct lp_exports *exports, uint32_t nr) __must_check;

/* Enters the payload's exported symbols; room has been reserved. */
void lp_exports_add(struct lp_exports *exports, struct lp_payload *payload);
void lp_exports_remove(struct lp_exports *exports, struct lp_payload *payload);

/* The symbols whose names have this hash, one after the other; NULL: no more.
 * The caller compares the names. */
struct lp_own_symbol *lp_exports_first(const struct lp_exports *exports,
                                       uint32_t hash);
struct lp_own_symbol *lp_exports_next(const struct lp_own_symbol *symbol);

#endif
