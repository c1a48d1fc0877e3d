// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of formatted text. What C defines is compared with what C defines;
 * the hypervisor's own conversions are compared with fake_symbols.c's table.
 */
#include "unit.h"
#include <xen/lib.h>

#define assert_text(expected, ...)                                             \
    do {                                                                       \
        char text[128];                                                        \
        const int length = snprintf(text, sizeof(text), __VA_ARGS__);          \
                                                                               \
        assert_string_equal(text, expected);                                   \
        assert_int_equal(length, sizeof(expected) - 1);                        \
    } while (0)

static void decimals_have_signs_widths_and_zeros(void **state)
{
    (void)state;
    assert_text("0", "%d", 0);
    assert_text("-2147483648", "%d", -2147483647 - 1);
    assert_text("4294967295", "%u", 4294967295u);
    assert_text("   42", "%5d", 42);
    assert_text("42   |", "%-5d|", 42);
    assert_text("-0042", "%05d", -42);
    assert_text("+42", "%+d", 42);
    assert_text(" 42", "% d", 42);
    assert_text("  007", "%5.3d", 7);
    assert_text("   42", "%*d", 5, 42);
    assert_text("42   |", "%*d|", -5, 42);
    assert_text("", "%.0d", 0);
}

static void sizes_cut_or_widen_the_argument(void **state)
{
    (void)state;
    assert_text("-1", "%hhd", 255);
    assert_text("255", "%hhu", -1);
    assert_text("65535", "%hu", -1);
    assert_text("-9223372036854775808", "%ld", INT64_MIN);
    assert_text("18446744073709551615", "%llu", ~0ULL);
    assert_text("12", "%zu", (size_t)12);
}

static void hexadecimals_have_cases_and_prefixes(void **state)
{
    (void)state;
    assert_text("deadbeef", "%x", 0xdeadbeefu);
    assert_text("DEADBEEF", "%X", 0xdeadbeefu);
    assert_text("0x1f", "%#x", 0x1fu);
    assert_text("0", "%#x", 0u);
    assert_text("0x001f", "%#06x", 0x1fu);
    assert_text("017", "%#o", 15u);
    assert_text("1777777777777777777777", "%lo", ~0UL);
}

static void strings_and_characters_are_padded_and_cut(void **state)
{
    (void)state;
    assert_text("[  xen]", "[%5s]", "xen");
    assert_text("[xen  ]", "[%-5s]", "xen");
    assert_text("[xe]", "[%.2s]", "xen");
    assert_text("[x]", "[%c]", 'x');
    assert_text("100%", "%d%%", 100);
    assert_text("<NULL>", "%s", (const char *)0x10);
}

static void precision_bounds_a_string_without_end(void **state)
{
    const char bytes[2] = {'a', 'b'};

    (void)state;
    assert_text("ab", "%.*s", 2, bytes);
}

static void pointers_show_all_digits(void **state)
{
    (void)state;
    assert_text("ffff82d040200000", "%p", (void *)0xffff82d040200000);
    assert_text("0000000000000010", "%p", (void *)0x10);
}

static void symbols_show_names_offsets_and_payloads(void **state)
{
    (void)state;
    assert_text("own_fn", "%ps", (void *)0x1010);
    assert_text("own_fn+0x10/0x80!", "%pS!", (void *)0x1010);
    assert_text("own_fn+0/0x80", "%pS", (void *)0x1000);
    assert_text("new_fn+0x3f/0x40 [fix1]", "%pS", (void *)0x203f);
    assert_text("0000000000003000", "%ps", (void *)0x3000);
}

static void bytes_show_in_hexadecimal(void **state)
{
    const uint8_t bytes[] = {0x00, 0x0f, 0xe9};

    (void)state;
    assert_text("00 0f e9.", "%*ph.", 3, bytes);
    assert_text(".", "%*ph.", 0, bytes);
}

static void text_is_cut_at_the_buffers_end(void **state)
{
    char text[4] = "???";

    (void)state;
    assert_int_equal(snprintf(text, sizeof(text), "%s", "abcdef"), 6);
    assert_string_equal(text, "abc");
    assert_int_equal(scnprintf(text, sizeof(text), "%s", "abcdef"), 3);
    assert_int_equal(scnprintf(text, sizeof(text), "x"), 1);
    assert_string_equal(text, "x");
}

static void no_buffer_is_needed_to_measure(void **state)
{
    (void)state;
    assert_int_equal(snprintf(NULL, 0, "%d", 12345), 5);
    assert_int_equal(scnprintf(NULL, 0, "%d", 12345), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_have_signs_widths_and_zeros),
        cmocka_unit_test(sizes_cut_or_widen_the_argument),
        cmocka_unit_test(hexadecimals_have_cases_and_prefixes),
        cmocka_unit_test(strings_and_characters_are_padded_and_cut),
        cmocka_unit_test(precision_bounds_a_string_without_end),
        cmocka_unit_test(pointers_show_all_digits),
        cmocka_unit_test(symbols_show_names_offsets_and_payloads),
        cmocka_unit_test(bytes_show_in_hexadecimal),
        cmocka_unit_test(text_is_cut_at_the_buffers_end),
        cmocka_unit_test(no_buffer_is_needed_to_measure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
