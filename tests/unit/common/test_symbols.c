// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of lookups in a table that the build's own program made of the image
 * in symbols_image/. Addresses there begin at _start, which is an array here.
 */
#include "unit.h"
#include <xen/kernel.h>
#include <xen/string.h>
#include <xen/symbols.h>
#include <xen/virtual_region.h>

#include "fake_image.h"

#define TEXT ((unsigned long)_start)
#define LOCAL_FN (TEXT + 0x40)
#define SECOND_FN (TEXT + 0x80)

static void assert_found(unsigned long addr, const char *name,
                         unsigned long size, unsigned long offset)
{
    char namebuf[KSYM_NAME_LEN + 1];
    unsigned long found_size;
    unsigned long found_offset;

    assert_ptr_equal(symbols_lookup(addr, &found_size, &found_offset, namebuf),
                     namebuf);
    assert_string_equal(namebuf, name);
    assert_int_equal(found_size, size);
    assert_int_equal(found_offset, offset);
}

static void global_symbol_is_found_by_its_name(void **state)
{
    (void)state;
    assert_int_equal(symbols_lookup_by_name("global_fn"), TEXT);
    assert_int_equal(symbols_lookup_by_name("alias_fn"), TEXT);
}

static void local_symbol_is_found_by_file_and_name(void **state)
{
    (void)state;
    assert_int_equal(symbols_lookup_by_name("common/first.c#local_fn"),
                     LOCAL_FN);
    assert_int_equal(symbols_lookup_by_name("arch/second.c#local_fn"),
                     SECOND_FN);
    assert_int_equal(symbols_lookup_by_name("local_fn"), 0);
}

static void unknown_names_are_not_found(void **state)
{
    static const char *const names[] = {
        "",          "x",           "global_f", "global_fn2", "Global_fn",
        "first.c#",  "$d",          "low_fn",   "init_fn",    "absolute_value",
        "#local_fn", "global_fn\n",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        assert_int_equal(symbols_lookup_by_name(names[i]), 0);
    }
}

static void longest_name_that_is_looked_up_has_127_bytes(void **state)
{
    char name[KSYM_NAME_LEN + 2] = {0};

    (void)state;
    memset(name, 'n', KSYM_NAME_LEN);
    assert_int_equal(symbols_lookup_by_name(name), TEXT + FAKE_DATA + 8);
    name[KSYM_NAME_LEN] = 'n';
    assert_int_equal(symbols_lookup_by_name(name), 0);
}

static void init_symbol_is_refused_by_name_only(void **state)
{
    (void)state;
    assert_int_equal(symbols_lookup_by_name("init_fn"), 0);
    assert_found(TEXT + FAKE_INIT + 4, "init_fn", 0x1000, 4);
}

static void every_symbol_is_counted(void **state)
{
    /* _start, _end, three names of global_fn, local_fn and counter of two
     * files, init_fn, two long names */
    (void)state;
    assert_int_equal(symbols_count(), 12);
}

static void address_belongs_to_the_symbol_before_it(void **state)
{
    (void)state;
    assert_found(LOCAL_FN, "common/first.c#local_fn", 0x40, 0);
    assert_found(LOCAL_FN + 0x3f, "common/first.c#local_fn", 0x40, 0x3f);
    assert_found(SECOND_FN, "arch/second.c#local_fn", 0x1f80, 0);
}

static void function_has_precedence_over_labels_at_its_address(void **state)
{
    (void)state;
    assert_found(TEXT, "global_fn", 0x40, 0);
    assert_found(TEXT + 1, "global_fn", 0x40, 1);
}

static void data_is_found_up_to_the_end(void **state)
{
    (void)state;
    assert_found(TEXT + FAKE_DATA, "common/first.c#counter", 8, 0);
    assert_found(TEXT + FAKE_DATA + 0xfff, "arch/second.c#counter", 0xff8,
                 0xff7);
}

static void address_outside_is_not_found(void **state)
{
    char namebuf[KSYM_NAME_LEN + 1] = "?";
    unsigned long size = 1;
    unsigned long offset = 2;

    (void)state;
    assert_null(symbols_lookup(TEXT - 1, &size, &offset, namebuf));
    assert_null(symbols_lookup(TEXT + FAKE_BYTES, &size, &offset, namebuf));
    assert_null(symbols_lookup(0, &size, &offset, namebuf));
    assert_int_equal(size, 1);
    assert_int_equal(offset, 2);
    assert_string_equal(namebuf, "?");
}

static void every_byte_of_a_name_changes_its_hash(void **state)
{
    char name[32];

    (void)state;
    for (size_t length = 1; length <= 24; length++) {
        memset(name, 'a', sizeof(name));
        for (size_t at = 0; at < length; at++) {
            const uint32_t before = symbols_hash(name, length);

            name[at] = 'b';
            assert_int_not_equal(symbols_hash(name, length), before);
        }
        assert_int_not_equal(symbols_hash(name, length),
                             symbols_hash(name, length - 1));
    }
}

/* At random the fullest of as many buckets as names would have 6 to 8. */
static void names_that_end_in_numbers_spread_over_the_buckets(void **state)
{
    static unsigned int bucket[8192];
    unsigned int most = 0;

    (void)state;
    for (unsigned int i = 0; i < ARRAY_SIZE(bucket); i++) {
        char name[] = "hypervisor_symbol_0000";
        unsigned int rest = i;

        for (size_t at = sizeof(name) - 2; rest; at--, rest /= 10) {
            name[at] = '0' + rest % 10;
        }
        most = max(most, ++bucket[symbols_hash(name, sizeof(name) - 1) %
                                  ARRAY_SIZE(bucket)]);
    }
    assert_true(most <= 12);
}

static const char *lookup_in_payload(unsigned long addr,
                                     unsigned long *symbolsize,
                                     unsigned long *offset, char *namebuf)
{
    *symbolsize = 4;
    *offset = addr & 3;
    strlcpy(namebuf, "fix1", KSYM_NAME_LEN + 1);
    return "new_fn";
}

static void region_answers_for_its_text(void **state)
{
    static const char text[16];
    struct virtual_region region = {
        .text_start = text,
        .text_end = text + sizeof(text),
        .symbols_lookup = lookup_in_payload,
    };
    char namebuf[KSYM_NAME_LEN + 1];
    unsigned long size;
    unsigned long offset;

    (void)state;
    register_virtual_region(&region);
    assert_string_equal(
        symbols_lookup((unsigned long)text, &size, &offset, namebuf), "new_fn");
    assert_string_equal(namebuf, "fix1");
    unregister_virtual_region(&region);
    assert_null(symbols_lookup((unsigned long)text, &size, &offset, namebuf));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(global_symbol_is_found_by_its_name),
        cmocka_unit_test(local_symbol_is_found_by_file_and_name),
        cmocka_unit_test(unknown_names_are_not_found),
        cmocka_unit_test(longest_name_that_is_looked_up_has_127_bytes),
        cmocka_unit_test(init_symbol_is_refused_by_name_only),
        cmocka_unit_test(every_symbol_is_counted),
        cmocka_unit_test(address_belongs_to_the_symbol_before_it),
        cmocka_unit_test(function_has_precedence_over_labels_at_its_address),
        cmocka_unit_test(data_is_found_up_to_the_end),
        cmocka_unit_test(address_outside_is_not_found),
        cmocka_unit_test(every_byte_of_a_name_changes_its_hash),
        cmocka_unit_test(names_that_end_in_numbers_spread_over_the_buckets),
        cmocka_unit_test(region_answers_for_its_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
