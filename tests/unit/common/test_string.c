// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of C's memory and string functions: each length and each alignment
 * around the words of eight bytes and the blocks of 32 that they work by.
 */
#include "unit.h"
#include <stdlib.h>
#include <sys/mman.h>
#include <xen/lib.h>
#include <xen/string.h>

#define BYTES 160
#define LONGEST 72
#define PAGE 4096

static void fill(unsigned char *bytes, size_t nr)
{
    for (size_t i = 0; i < nr; i++) {
        bytes[i] = (unsigned char)(i * 7 + 1);
    }
}

static void memcpy_copies_those_bytes_and_no_others(void **state)
{
    (void)state;
    for (size_t length = 0; length <= LONGEST; length++) {
        for (size_t shift = 0; shift < 8; shift++) {
            unsigned char from[BYTES];
            unsigned char to[BYTES] = {0};

            fill(from, BYTES);
            assert_ptr_equal(memcpy(to + shift, from + 3, length), to + shift);
            for (size_t i = 0; i < BYTES; i++) {
                const bool is_copied = i >= shift && i < shift + length;

                assert_int_equal(to[i], is_copied ? from[i - shift + 3] : 0);
            }
        }
    }
}

static void memmove_moves_overlapping_bytes_both_ways(void **state)
{
    (void)state;
    for (size_t length = 0; length <= LONGEST; length++) {
        for (size_t to = 0; to < 32; to++) {
            unsigned char bytes[BYTES];
            unsigned char before[BYTES];

            fill(bytes, BYTES);
            fill(before, BYTES);
            assert_ptr_equal(memmove(bytes + to, bytes + 16, length),
                             bytes + to);
            for (size_t i = 0; i < BYTES; i++) {
                const bool is_moved = i >= to && i < to + length;

                assert_int_equal(bytes[i], before[is_moved ? i - to + 16 : i]);
            }
        }
    }
}

static void memset_sets_those_bytes_and_no_others(void **state)
{
    (void)state;
    for (size_t length = 0; length <= LONGEST; length++) {
        unsigned char bytes[BYTES] = {0};

        assert_ptr_equal(memset(bytes + 5, 0x1a5, length), bytes + 5);
        for (size_t i = 0; i < BYTES; i++) {
            assert_int_equal(bytes[i], i >= 5 && i < 5 + length ? 0xa5 : 0);
        }
    }
}

static void memcmp_orders_by_the_first_different_byte(void **state)
{
    (void)state;
    for (size_t at = 0; at < LONGEST; at++) {
        unsigned char a[LONGEST] = {0};
        unsigned char b[LONGEST] = {0};

        a[at] = 0xff;
        b[at] = 0x01;
        assert_true(memcmp(a, b, LONGEST) > 0);
        assert_true(memcmp(b, a, LONGEST) < 0);
        assert_int_equal(memcmp(a, b, at), 0);
    }
}

static void memchr_stays_within_the_bytes(void **state)
{
    const char text[] = "abcabc";

    (void)state;
    assert_ptr_equal(memchr(text, 'c', 6), text + 2);
    assert_null(memchr(text, 'c', 2));
    assert_ptr_equal(memchr(text, 0, sizeof(text)), text + 6);
    for (size_t at = 0; at < LONGEST; at++) {
        unsigned char *bytes = malloc(at + 1);

        memset(bytes, 0xc2, at);
        bytes[at] = 0xc3;
        assert_ptr_equal(memchr(bytes, 0xc3, at + 1), bytes + at);
        assert_null(memchr(bytes, 0xc3, at));
        assert_ptr_equal(memchr(bytes, 0xc2, at + 1), at ? bytes : NULL);
        free(bytes);
    }
}

static void lengths_end_at_the_nul_or_the_limit(void **state)
{
    (void)state;
    for (size_t shift = 0; shift < 8; shift++) {
        for (size_t length = 0; length <= LONGEST; length++) {
            char text[BYTES];

            memset(text, 0, sizeof(text));
            memset(text + shift, 'a', length);
            assert_int_equal(strlen(text + shift), length);
            for (size_t most = 0; most <= LONGEST; most++) {
                assert_int_equal(strnlen(text + shift, most),
                                 most < length ? most : length);
            }
        }
    }
    assert_int_equal(strlen("\x80\xff\x01\x81\x80\xff\x01\x81\x80"), 9);
}

static void lengths_read_no_page_behind(void **state)
{
    char *page = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *end = page + PAGE;

    (void)state;
    assert_int_equal(mprotect(end, PAGE, PROT_NONE), 0);
    memset(page, 'a', PAGE);
    for (size_t most = 0; most <= LONGEST; most++) {
        assert_int_equal(strnlen(end - most, most), most);
    }
    end[-1] = '\0';
    for (size_t bytes = 1; bytes <= LONGEST; bytes++) {
        assert_int_equal(strlen(end - bytes), bytes - 1);
        assert_int_equal(strnlen(end - bytes, PAGE), bytes - 1);
    }
    munmap(page, 2 * PAGE);
}

static void strings_compare_as_unsigned_bytes(void **state)
{
    (void)state;
    assert_int_equal(strcmp("", ""), 0);
    assert_true(strcmp("a", "") > 0);
    assert_true(strcmp("\x80", "a") > 0);
    assert_true(strcmp("ab", "ac") < 0);
    assert_int_equal(strncmp("abX", "abY", 2), 0);
    assert_true(strncmp("abX", "abY", 3) < 0);
    assert_int_equal(strncmp("ab", "ab", 9), 0);
}

static void strchr_finds_the_first_and_the_end(void **state)
{
    const char *text = "a=b=c";

    (void)state;
    assert_ptr_equal(strchr(text, '='), text + 1);
    assert_ptr_equal(strchr(text, 0), text + 5);
    assert_null(strchr(text, 'x'));
}

static void strstr_finds_the_first_occurrence(void **state)
{
    const char *text = "ababc";

    (void)state;
    assert_ptr_equal(strstr(text, "abc"), text + 2);
    assert_ptr_equal(strstr(text, ""), text);
    assert_null(strstr(text, "abcd"));
    assert_null(strstr("", "a"));
}

static void strlcpy_cuts_and_tells_the_full_length(void **state)
{
    char to[4] = "???";

    (void)state;
    assert_int_equal(strlcpy(to, "abcdef", sizeof(to)), 6);
    assert_string_equal(to, "abc");
    assert_int_equal(strlcpy(to, "x", sizeof(to)), 1);
    assert_string_equal(to, "x");
    assert_int_equal(strlcpy(to, "yz", 0), 2);
    assert_string_equal(to, "x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memcpy_copies_those_bytes_and_no_others),
        cmocka_unit_test(memmove_moves_overlapping_bytes_both_ways),
        cmocka_unit_test(memset_sets_those_bytes_and_no_others),
        cmocka_unit_test(memcmp_orders_by_the_first_different_byte),
        cmocka_unit_test(memchr_stays_within_the_bytes),
        cmocka_unit_test(lengths_end_at_the_nul_or_the_limit),
        cmocka_unit_test(lengths_read_no_page_behind),
        cmocka_unit_test(strings_compare_as_unsigned_bytes),
        cmocka_unit_test(strchr_finds_the_first_and_the_end),
        cmocka_unit_test(strstr_finds_the_first_occurrence),
        cmocka_unit_test(strlcpy_cuts_and_tells_the_full_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
