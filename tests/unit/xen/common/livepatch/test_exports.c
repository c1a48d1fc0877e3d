// SPDX-License-Identifier: GPL-2.0
/*
 * The index of exported symbols: what was entered is found, however the hashes
 * meet and the table grows, and what was removed is not.
 */
#include "host/test.h"

#include <xen/xmalloc.h>

#include "exports.h"

#define MOST 1000

/* Payloads of up to MOST symbols each. */
static struct lp_own_symbol symbols[3][MOST];
static struct lp_payload payloads[3];
static struct lp_exports exports;

/* Symbol i of a payload gets the hash i / `share`; every `hidden`-th is not for
 * others. */
static struct lp_payload *fill(unsigned int which, uint32_t nr, uint32_t share,
                               uint32_t hidden)
{
    struct lp_own_symbols *own = &payloads[which].symbols;

    *own = (struct lp_own_symbols){.nr = nr, .symbol = symbols[which]};
    for (uint32_t i = 0; i < nr; i++) {
        own->symbol[i] = (struct lp_own_symbol){
            .hash = i / share,
            .is_exported = !hidden || i % hidden != 0,
        };
        own->nr_exported += own->symbol[i].is_exported;
    }
    return &payloads[which];
}

static void enter(struct lp_payload *payload)
{
    assert_int_equal(lp_exports_reserve(&exports, payload->symbols.nr_exported),
                     0);
    lp_exports_add(&exports, payload);
}

static bool is_found(const struct lp_own_symbol *wanted)
{
    struct lp_own_symbol *symbol = lp_exports_first(&exports, wanted->hash);

    while (symbol && symbol != wanted) {
        assert_int_equal(symbol->hash, wanted->hash);
        symbol = lp_exports_next(symbol);
    }
    return symbol != NULL;
}

static void assert_found(const struct lp_payload *payload, bool found)
{
    for (uint32_t i = 0; i < payload->symbols.nr; i++) {
        const struct lp_own_symbol *symbol = &payload->symbols.symbol[i];

        assert_int_equal(is_found(symbol), found && symbol->is_exported);
    }
}

static void empty_index_has_nothing(void **state)
{
    (void)state;
    assert_null(lp_exports_first(&exports, 0));
    assert_null(lp_exports_first(&exports, UINT32_MAX));
    enter(fill(0, 10, 1, 1));
    assert_null(lp_exports_first(&exports, 0));
    assert_null(exports.bucket);
}

static void all_are_found_while_the_table_grows(void **state)
{
    (void)state;
    enter(fill(0, 10, 1, 0));
    enter(fill(1, 200, 1, 3));
    enter(fill(2, MOST, 1, 0));
    assert_true(exports.nr_buckets >= exports.nr);
    assert_found(&payloads[0], true);
    assert_found(&payloads[1], true);
    assert_found(&payloads[2], true);
    for (unsigned int i = 0; i < 3; i++) {
        lp_exports_remove(&exports, &payloads[i]);
    }
}

static void equal_hashes_are_found_one_after_the_other(void **state)
{
    (void)state;
    enter(fill(0, 50, 50, 0));
    enter(fill(1, 50, 5, 0));
    assert_found(&payloads[0], true);
    assert_found(&payloads[1], true);
    lp_exports_remove(&exports, &payloads[0]);
    assert_found(&payloads[1], true);
    assert_found(&payloads[0], false);
    lp_exports_remove(&exports, &payloads[1]);
}

static void removal_leaves_the_others(void **state)
{
    (void)state;
    enter(fill(0, 300, 2, 0));
    enter(fill(1, 300, 2, 0));
    enter(fill(2, 300, 2, 0));
    lp_exports_remove(&exports, &payloads[1]);
    assert_found(&payloads[0], true);
    assert_found(&payloads[1], false);
    assert_found(&payloads[2], true);
    lp_exports_remove(&exports, &payloads[0]);
    lp_exports_remove(&exports, &payloads[2]);
}

static void last_removal_frees_the_table(void **state)
{
    (void)state;
    enter(fill(0, 100, 1, 0));
    assert_true(xmalloc_bytes_used() > 0);
    lp_exports_remove(&exports, &payloads[0]);
    assert_int_equal(xmalloc_bytes_used(), 0);
    assert_int_equal(exports.nr, 0);
    assert_null(lp_exports_first(&exports, 0));
}

static void no_memory_is_enomem_and_changes_nothing(void **state)
{
    (void)state;
    enter(fill(0, 60, 1, 0));
    host_fail_nth(1);
    assert_int_equal(lp_exports_reserve(&exports, MOST), -ENOMEM);
    assert_int_equal(exports.nr, 60);
    assert_found(&payloads[0], true);
    lp_exports_remove(&exports, &payloads[0]);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, empty_index_has_nothing);
    host_add(&tests, all_are_found_while_the_table_grows);
    host_add(&tests, equal_hashes_are_found_one_after_the_other);
    host_add(&tests, removal_leaves_the_others);
    host_add(&tests, last_removal_frees_the_table);
    host_add(&tests, no_memory_is_enomem_and_changes_nothing);
    return host_run(&tests);
}
