// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of reading numbers from text.
 */
#include "unit.h"
#include <xen/lib.h>

static void check(const char *text, unsigned int base, unsigned long value,
                  const char *rest)
{
    const char *end;

    assert_int_equal(simple_strtoull(text, &end, base), value);
    assert_string_equal(end, rest);
}

static void digits_of_the_base_are_taken(void **state)
{
    (void)state;
    check("123", 10, 123, "");
    check("12ab", 10, 12, "ab");
    check("fFg", 16, 255, "g");
    check("18446744073709551615", 10, ~0UL, "");
}

static void base_zero_follows_the_prefix(void **state)
{
    (void)state;
    check("0x1F", 0, 31, "");
    check("0x1F", 16, 31, "");
    check("017", 0, 15, "");
    check("17", 0, 17, "");
    check("0", 0, 0, "");
    check("0x", 0, 0, "x");
}

static void text_without_digits_is_zero_and_left(void **state)
{
    (void)state;
    check("", 0, 0, "");
    check("-1", 10, 0, "-1");
    assert_int_equal(simple_strtoull("7", NULL, 10), 7);
}

static void number_too_large_is_the_largest(void **state)
{
    (void)state;
    check("18446744073709551616", 10, ~0UL, "");
    check("18446744073709551617x", 10, ~0UL, "x");
    check("184467440737095516150", 10, ~0UL, "");
    check("0x1ffffffffffffffff", 16, ~0UL, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_of_the_base_are_taken),
        cmocka_unit_test(base_zero_follows_the_prefix),
        cmocka_unit_test(text_without_digits_is_zero_and_left),
        cmocka_unit_test(number_too_large_is_the_largest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
