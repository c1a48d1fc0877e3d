// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of exception tables: finding an instruction in the table of its text,
 * whatever the table's size.
 */
#include "unit.h"
#include <xen/extable.h>
#include <xen/kernel.h>
#include <xen/virtual_region.h>

#include "fake_image.h"

#define MOST 600

static char text[4 * MOST + 1];
static struct exception_table_entry table[MOST];

static unsigned long search(const void *where)
{
    return search_exception_table((unsigned long)where);
}

static void listed_instruction_goes_on_elsewhere(void **state)
{
    (void)state;
    assert_int_equal(search(_stext), (unsigned long)_stext + 1);
    assert_int_equal(search(_stext + 9), (unsigned long)_stext + 3);
}

static void other_addresses_are_not_listed(void **state)
{
    (void)state;
    assert_int_equal(search(_stext + 1), 0);
    assert_int_equal(search(_stext + 8), 0);
    assert_int_equal(search(_stext + 10), 0);
    assert_int_equal(search(_etext - 1), 0);
    assert_int_equal(search(_srodata), 0);
    assert_int_equal(search(NULL), 0);
}

static void init_text_is_listed_until_it_is_gone(void **state)
{
    (void)state;
    system_state = SYS_STATE_smp_boot;
    assert_int_equal(search(_sinit + 2), (unsigned long)_sinit + 4);
    system_state = SYS_STATE_active;
    assert_int_equal(search(_sinit + 2), 0);
}

/* Entry i: text + 4 * number goes on one byte further. */
static void set_entry(unsigned int i, unsigned int number)
{
    const char *where = text + 4 * number;

    table[i].addr = (int32_t)(where - (char *)&table[i].addr);
    table[i].cont = (int32_t)(where + 1 - (char *)&table[i].cont);
}

static void tables_of_every_size_are_searched(void **state)
{
    (void)state;
    for (unsigned int nr = 0; nr <= MOST; nr += nr < 70 ? 1 : 53) {
        struct virtual_region region = {
            .text_start = text,
            .text_end = text + sizeof(text),
            .ex = table,
            .ex_end = table + nr,
        };

        for (unsigned int i = 0; i < nr; i++) {
            set_entry(i, i);
        }
        register_virtual_region(&region);
        for (unsigned int i = 0; i < nr; i++) {
            const char *where = text + 4 * i;

            assert_int_equal(search(where), (unsigned long)where + 1);
            assert_int_equal(search(where + 1), 0);
        }
        assert_int_equal(search(text + sizeof(text) - 1), 0);
        unregister_virtual_region(&region);
    }
}

static void text_without_a_table_lists_nothing(void **state)
{
    struct virtual_region region = {
        .text_start = text,
        .text_end = text + sizeof(text),
    };

    (void)state;
    register_virtual_region(&region);
    assert_int_equal(search(text), 0);
    unregister_virtual_region(&region);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listed_instruction_goes_on_elsewhere),
        cmocka_unit_test(other_addresses_are_not_listed),
        cmocka_unit_test(init_text_is_listed_until_it_is_gone),
        cmocka_unit_test(tables_of_every_size_are_searched),
        cmocka_unit_test(text_without_a_table_lists_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
