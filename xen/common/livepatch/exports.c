// SPDX-License-Identifier: GPL-2.0
/*
 * A hash table that has at least as many buckets as symbols, and is gone when
 * it has none. Hashes can be chosen so that all symbols meet in one bucket,
 * which therefore is a tree.
 */
#include "exports.h"

#include <xen/errno.h>
#include <xen/xmalloc.h>

#include "name_tree.h"

#define FEWEST_BUCKETS 64U
#define MOST_SYMBOLS (1U << 30)

/* tests/proof/masks.smt2 is the proof of what is admitted. */
/*@ requires 0 < nr_buckets;
    assigns \nothing;
    admit ensures \result < nr_buckets;
 */
static uint32_t bucket_number(uint32_t hash, uint32_t nr_buckets)
{
    return hash & (nr_buckets - 1);
}

/*@ requires \valid_read(exports) && 0 < exports->nr_buckets;
    requires \valid(exports->bucket + (0 .. exports->nr_buckets - 1));
    assigns \nothing;
    ensures \valid(\result);
 */
static struct lp_own_symbol **bucket_of(const struct lp_exports *exports,
                                        uint32_t hash)
{
    return &exports->bucket[bucket_number(hash, exports->nr_buckets)];
}

static void move_all(const struct lp_exports *from, struct lp_exports *to)
{
    for (uint32_t i = 0; i < from->nr_buckets; i++) {
        struct lp_own_symbol *symbol;

        while ((symbol = lp_name_tree_take_first(&from->bucket[i]))) {
            (void)lp_name_tree_insert(bucket_of(to, symbol->hash), symbol);
        }
    }
}

/* Twice as many, and again, until each symbol may have its own. */
/*@ requires 0 < nr_buckets && nr_symbols <= MOST_SYMBOLS;
    assigns \nothing;
    ensures nr_symbols <= \result && nr_buckets <= \result;
 */
static uint32_t buckets_for(uint32_t nr_buckets, uint32_t nr_symbols)
{
    /*@ loop invariant 0 < nr_buckets && \at(nr_buckets, Pre) <= nr_buckets;
        loop assigns nr_buckets;
        loop variant nr_symbols - nr_buckets;
     */
    while (nr_buckets < nr_symbols) {
        nr_buckets *= 2;
    }
    return nr_buckets;
}

/* Makes room for nr more symbols in a table of its own, if that is wanted. What
 * was is left empty, and its memory where it is: there is a way back. */
static int widen(struct lp_exports *exports, uint32_t nr)
{
    struct lp_exports wider = {.nr = exports->nr};

    if (exports->nr > MOST_SYMBOLS || nr > MOST_SYMBOLS - exports->nr) {
        return -ENOMEM;
    }
    wider.nr_buckets =
        buckets_for(max(exports->nr_buckets, FEWEST_BUCKETS), exports->nr + nr);
    if (nr == 0 || wider.nr_buckets == exports->nr_buckets) {
        return 0;
    }
    wider.bucket = xzalloc_array(struct lp_own_symbol *, wider.nr_buckets);
    if (!wider.bucket) {
        return -ENOMEM;
    }
    move_all(exports, &wider);
    *exports = wider;
    return 0;
}

/* Frees the one of two tables that is no longer wanted, if there are two. */
static void drop(struct lp_exports *dropped, const struct lp_exports *kept)
{
    if (dropped->bucket != kept->bucket) {
        xfree(dropped->bucket);
    }
}

/* The first `nr` symbols of the payload. */
static void remove_first(struct lp_exports *exports,
                         const struct lp_own_symbols *own, uint32_t nr)
{
    for (uint32_t i = 0; i < nr; i++) {
        struct lp_own_symbol *symbol = &own->symbol[i];

        if (symbol->is_exported) {
            lp_name_tree_remove(bucket_of(exports, symbol->hash), symbol);
        }
    }
}

/* A symbol of the same name that is there already; or NULL. */
static const struct lp_own_symbol *enter(struct lp_exports *exports,
                                         struct lp_own_symbol *symbol)
{
    const struct lp_own_symbol *there;

    if (!symbol->is_exported) {
        return NULL;
    }
    there = lp_name_tree_insert(bucket_of(exports, symbol->hash), symbol);
    if (there == symbol) {
        return NULL;
    }
    symbol->is_exported = false;
    symbol->owner->symbols.nr_exported--;
    return there;
}

/* Another payload's symbol that has a name of this one's, when nothing is
 * entered; or NULL. */
static const struct lp_own_symbol *enter_all(struct lp_exports *exports,
                                             struct lp_payload *payload)
{
    struct lp_own_symbols *own = &payload->symbols;

    for (uint32_t i = 0; i < own->nr; i++) {
        const struct lp_own_symbol *there = enter(exports, &own->symbol[i]);

        if (there && there->owner != payload) {
            remove_first(exports, own, i);
            return there;
        }
    }
    exports->nr += own->nr_exported;
    return NULL;
}

int lp_exports_add(struct lp_exports *exports, struct lp_payload *payload,
                   const struct lp_own_symbol **clash)
{
    struct lp_exports before = *exports;
    const int rc = widen(exports, payload->symbols.nr_exported);

    *clash = NULL;
    if (rc) {
        return rc;
    }
    *clash = enter_all(exports, payload);
    if (*clash == NULL) {
        drop(&before, exports);
        return 0;
    }
    if (exports->bucket != before.bucket) {
        move_all(exports, &before);
        drop(exports, &before);
        *exports = before;
    }
    return -EEXIST;
}

void lp_exports_remove(struct lp_exports *exports, struct lp_payload *payload)
{
    remove_first(exports, &payload->symbols, payload->symbols.nr);
    exports->nr -= payload->symbols.nr_exported;
    if (exports->nr == 0) {
        xfree(exports->bucket);
        *exports = (struct lp_exports){.nr = 0};
    }
}

struct lp_own_symbol *lp_exports_find(struct lp_exports *exports,
                                      const struct hashed_name *name)
{
    return exports->nr ? lp_name_tree_find(bucket_of(exports, name->hash), name)
                       : NULL;
}
