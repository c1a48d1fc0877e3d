/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Addresses in lines of the log, turned back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/loader/linked_text.h"

static const struct image image = {
    .linked = 0xffff82d040200000,
    .mapped = 0x22d040200000,
    .window_bytes = 0x3fe00000,
};

static const struct row {
    const char *line, *text;
} rows[] = {
    {"at 000022d040200010:", "at ffff82d040200010:"},
    {"at 0x22d040200010", "at 0xffff82d040200010"},
    {"0x22d040200000 0x22d07fffffff", "0xffff82d040200000 0xffff82d07fffffff"},
    {"0x22d0401fffff 0x22d080000000", "0x22d0401fffff 0x22d080000000"},
    {"a 22d040200010", "a ffff82d040200010"},
    {"x22d040200010 22d040200010x", "x22d040200010 22d040200010x"},
    {"22d04020001022d04020001022d0402000100000",
     "22d04020001022d04020001022d0402000100000"},
    {"0x0", "0x0"},
    {"0x", "0x"},
    {"", ""},
};

static void addresses_of_the_window_become_linked_ones(void **state)
{
    char text[128];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        linked_text(&image, rows[i].line, text, sizeof(text));
        assert_string_equal(text, rows[i].text);
    }
}

static void long_line_is_cut(void **state)
{
    char text[8];

    (void)state;
    linked_text(&image, "at 0x22d040200010", text, sizeof(text));
    assert_string_equal(text, "at 0xff");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_of_the_window_become_linked_ones),
        cmocka_unit_test(long_line_is_cut),
    };

    return cmocka_run_group_tests_name("loader linked text", tests, NULL, NULL);
}
