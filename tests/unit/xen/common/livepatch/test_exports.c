// SPDX-License-Identifier: GPL-2.0
/*
 * The index of exported symbols: what was entered is found, however the hashes
 * meet and the table grows, and what was removed is not.
 */
#include "host/test.h"

#include <xen/xmalloc.h>

#include "exports.h"

#define MOST 1000
#define NAME_BYTES 12

/* Payloads of up to MOST symbols each. */
static struct lp_own_symbol symbols[3][MOST];
static char names[3][MOST * NAME_BYTES];
static struct lp_payload payloads[3];
static struct lp_exports exports;

/* Symbol i of a payload gets the hash i / `share`; every `hidden`-th is not for
 * others. */
static struct lp_payload *fill(unsigned int which, uint32_t nr, uint32_t share,
                               uint32_t hidden)
{
    struct lp_own_symbols *own = &payloads[which].symbols;

    *own = (struct lp_own_symbols){
        .nr = nr, .symbol = symbols[which], .names = names[which]};
    for (uint32_t i = 0; i < nr; i++) {
        snprintf(own->names + NAME_BYTES * i, NAME_BYTES, "%c%u", 'a' + which,
                 i);
        own->symbol[i] = (struct lp_own_symbol){
            .owner = &payloads[which],
            .name = NAME_BYTES * i,
            .name_length = strlen(own->names + NAME_BYTES * i),
            .hash = i / share,
            .is_exported = !hidden || i % hidden != 0,
        };
        own->nr_exported += own->symbol[i].is_exported;
    }
    return &payloads[which];
}

static const struct lp_own_symbol *try_enter(struct lp_payload *payload)
{
    const struct lp_own_symbol *clash;
    const int rc = lp_exports_add(&exports, payload, &clash);

    assert_int_equal(rc, clash ? -EEXIST : 0);
    return clash;
}

static void enter(struct lp_payload *payload)
{
    assert_null(try_enter(payload));
}

static const struct lp_own_symbol *
find_name_of(const struct lp_own_symbol *symbol)
{
    const struct hashed_name name = {
        .text = symbol->owner->symbols.names + symbol->name,
        .length = symbol->name_length,
        .hash = symbol->hash,
    };

    return lp_exports_find(&exports, &name);
}

static void assert_found(const struct lp_payload *payload, bool found)
{
    for (uint32_t i = 0; i < payload->symbols.nr; i++) {
        const struct lp_own_symbol *symbol = &payload->symbols.symbol[i];

        assert_ptr_equal(find_name_of(symbol),
                         found && symbol->is_exported ? symbol : NULL);
    }
}

static void empty_index_has_nothing(void **state)
{
    (void)state;
    assert_found(fill(0, 10, 1, 0), false);
    enter(fill(0, 10, 1, 1));
    assert_found(&payloads[0], false);
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

static void equal_hashes_are_told_apart_by_name(void **state)
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
    assert_found(&payloads[0], false);
}

static void no_memory_is_enomem_and_changes_nothing(void **state)
{
    const struct lp_own_symbol *clash;

    (void)state;
    enter(fill(0, 60, 1, 0));
    host_fail_nth(1);
    assert_int_equal(lp_exports_add(&exports, fill(1, MOST, 1, 0), &clash),
                     -ENOMEM);
    assert_null(clash);
    assert_int_equal(exports.nr, 60);
    assert_found(&payloads[0], true);
    lp_exports_remove(&exports, &payloads[0]);
}

/* Gives symbol `to` of a payload the name and the hash of `from`. */
/* A table for more would have no number of buckets. */
static void more_symbols_than_a_table_has_is_enomem(void **state)
{
    static const uint32_t nr_there[] = {1U << 30, UINT32_MAX};
    const struct lp_own_symbol *clash;

    (void)state;
    for (unsigned int i = 0; i < ARRAY_SIZE(nr_there); i++) {
        exports = (struct lp_exports){.nr = nr_there[i]};
        assert_int_equal(lp_exports_add(&exports, fill(0, 1, 1, 0), &clash),
                         -ENOMEM);
        assert_null(exports.bucket);
        assert_int_equal(exports.nr, nr_there[i]);
    }
    exports = (struct lp_exports){.nr = 0};
}

static void give_name(const struct lp_own_symbol *from,
                      struct lp_own_symbol *to)
{
    strcpy(to->owner->symbols.names + to->name,
           from->owner->symbols.names + from->name);
    to->name_length = from->name_length;
    to->hash = from->hash;
}

static void first_of_a_name_is_exported_once(void **state)
{
    struct lp_payload *payload = fill(0, 100, 1, 0);

    (void)state;
    for (uint32_t i = 11; i < 100; i++) {
        give_name(&symbols[0][10], &symbols[0][i]);
    }
    enter(payload);
    assert_int_equal(exports.nr, 11);
    assert_int_equal(payload->symbols.nr_exported, 11);
    assert_ptr_equal(find_name_of(&symbols[0][99]), &symbols[0][10]);
    assert_true(symbols[0][10].is_exported);
    assert_false(symbols[0][11].is_exported);
    lp_exports_remove(&exports, payload);
    assert_int_equal(exports.nr, 0);
    assert_null(exports.bucket);
}

static void name_of_another_payload_s_enters_nothing(void **state)
{
    unsigned long bytes_before;

    (void)state;
    enter(fill(0, 300, 7, 3));
    fill(1, 300, 7, 3);
    give_name(&symbols[0][200], &symbols[1][298]);
    bytes_before = xmalloc_bytes_used();
    assert_ptr_equal(try_enter(&payloads[1]), &symbols[0][200]);
    /* The table has not stayed as wide as it became on the way. */
    assert_int_equal(xmalloc_bytes_used(), bytes_before);
    assert_int_equal(exports.nr, payloads[0].symbols.nr_exported);
    assert_found(&payloads[0], true);
    for (uint32_t i = 0; i < 298; i++) {
        assert_null(find_name_of(&symbols[1][i]));
    }
    lp_exports_remove(&exports, &payloads[0]);
    assert_null(exports.bucket);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, empty_index_has_nothing);
    host_add(&tests, all_are_found_while_the_table_grows);
    host_add(&tests, equal_hashes_are_told_apart_by_name);
    host_add(&tests, removal_leaves_the_others);
    host_add(&tests, last_removal_frees_the_table);
    host_add(&tests, first_of_a_name_is_exported_once);
    host_add(&tests, name_of_another_payload_s_enters_nothing);
    host_add(&tests, no_memory_is_enomem_and_changes_nothing);
    host_add(&tests, more_symbols_than_a_table_has_is_enomem);
    return host_run(&tests);
}
