/* SPDX-License-Identifier: GPL-2.0 */
/* Names and what stands under them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/name_table.h"

#define NR_NAMES 5000

static void what_was_added_is_found(void **state)
{
    struct name_table table;
    int one, two;

    (void)state;
    name_table_open(&table);
    assert_ptr_equal(name_table_add(&table, "one", &one), &one);
    assert_ptr_equal(name_table_add(&table, "two", &two), &two);
    assert_ptr_equal(name_table_find(&table, "one"), &one);
    assert_ptr_equal(name_table_find(&table, "two"), &two);
    assert_null(name_table_find(&table, "three"));
    assert_null(name_table_find(&table, ""));
    name_table_close(&table);
}

static void names_are_compared_by_their_texts(void **state)
{
    char first[] = "a name";
    char second[] = "a name";
    struct name_table table;
    int one;

    (void)state;
    name_table_open(&table);
    name_table_add(&table, first, &one);
    assert_ptr_equal(name_table_find(&table, second), &one);
    assert_null(name_table_find(&table, "a nam"));
    assert_null(name_table_find(&table, "a name "));
    name_table_close(&table);
}

static void the_first_of_a_name_stays(void **state)
{
    struct name_table table;
    int one, two;

    (void)state;
    name_table_open(&table);
    name_table_add(&table, "one", &one);
    assert_ptr_equal(name_table_add(&table, "one", &two), &one);
    assert_ptr_equal(name_table_find(&table, "one"), &one);
    name_table_close(&table);
}

static void it_holds_as_many_as_come(void **state)
{
    static char names[NR_NAMES][16];
    struct name_table table;

    (void)state;
    name_table_open(&table);
    for (int i = 0; i < NR_NAMES; i++) {
        snprintf(names[i], sizeof(names[i]), "n%d", i);
        name_table_add(&table, names[i], names[i]);
    }
    for (int i = 0; i < NR_NAMES; i++) {
        assert_ptr_equal(name_table_find(&table, names[i]), names[i]);
    }
    name_table_close(&table);
}

static void two_tables_know_nothing_of_each_other(void **state)
{
    struct name_table table;
    struct name_table other;
    int one;

    (void)state;
    name_table_open(&table);
    name_table_open(&other);
    name_table_add(&table, "one", &one);
    assert_null(name_table_find(&other, "one"));
    name_table_close(&table);
    name_table_close(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_added_is_found),
        cmocka_unit_test(names_are_compared_by_their_texts),
        cmocka_unit_test(the_first_of_a_name_stays),
        cmocka_unit_test(it_holds_as_many_as_come),
        cmocka_unit_test(two_tables_know_nothing_of_each_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
