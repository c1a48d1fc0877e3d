// SPDX-License-Identifier: GPL-2.0
/*
 * A chained hash table that is at least as wide as it has symbols, and gone
 * when it has none.
 */
#include "exports.h"

#include <xen/errno.h>
#include <xen/xmalloc.h>

#define FEWEST_BUCKETS 64U

static struct lp_own_symbol **bucket_of(const struct lp_exports *exports,
                                        uint32_t hash)
{
    return &exports->bucket[hash & (exports->nr_buckets - 1)];
}

static void insert(struct lp_exports *exports, struct lp_own_symbol *symbol)
{
    struct lp_own_symbol **bucket = bucket_of(exports, symbol->hash);

    symbol->next = *bucket;
    *bucket = symbol;
}

static void move_all(const struct lp_exports *from, struct lp_exports *to)
{
    for (uint32_t i = 0; i < from->nr_buckets; i++) {
        struct lp_own_symbol *symbol = from->bucket[i];

        while (symbol) {
            struct lp_own_symbol *next = symbol->next;

            insert(to, symbol);
            symbol = next;
        }
    }
}

int lp_exports_reserve(struct lp_exports *exports, uint32_t nr)
{
    struct lp_exports wider = {
        .nr_buckets = max(exports->nr_buckets, FEWEST_BUCKETS),
        .nr = exports->nr,
    };

    while (wider.nr_buckets < exports->nr + nr) {
        wider.nr_buckets *= 2;
    }
    if (nr == 0 || wider.nr_buckets == exports->nr_buckets) {
        return 0;
    }
    wider.bucket = xzalloc_array(struct lp_own_symbol *, wider.nr_buckets);
    if (!wider.bucket) {
        return -ENOMEM;
    }
    move_all(exports, &wider);
    xfree(exports->bucket);
    *exports = wider;
    return 0;
}

void lp_exports_add(struct lp_exports *exports, struct lp_payload *payload)
{
    struct lp_own_symbols *own = &payload->symbols;

    for (uint32_t i = 0; i < own->nr; i++) {
        if (own->symbol[i].is_exported) {
            insert(exports, &own->symbol[i]);
        }
    }
    exports->nr += own->nr_exported;
}

static void remove_one(struct lp_exports *exports, struct lp_own_symbol *symbol)
{
    struct lp_own_symbol **link = bucket_of(exports, symbol->hash);

    while (*link != symbol) {
        link = &(*link)->next;
    }
    *link = symbol->next;
}

void lp_exports_remove(struct lp_exports *exports, struct lp_payload *payload)
{
    struct lp_own_symbols *own = &payload->symbols;

    for (uint32_t i = 0; i < own->nr; i++) {
        if (own->symbol[i].is_exported) {
            remove_one(exports, &own->symbol[i]);
        }
    }
    exports->nr -= own->nr_exported;
    if (exports->nr == 0) {
        xfree(exports->bucket);
        *exports = (struct lp_exports){.nr = 0};
    }
}

struct lp_own_symbol *lp_exports_first(const struct lp_exports *exports,
                                       uint32_t hash)
{
    struct lp_own_symbol *symbol =
        exports->nr ? *bucket_of(exports, hash) : NULL;

    while (symbol && symbol->hash != hash) {
        symbol = symbol->next;
    }
    return symbol;
}

struct lp_own_symbol *lp_exports_next(const struct lp_own_symbol *symbol)
{
    struct lp_own_symbol *next = symbol->next;

    while (next && next->hash != symbol->hash) {
        next = next->next;
    }
    return next;
}
