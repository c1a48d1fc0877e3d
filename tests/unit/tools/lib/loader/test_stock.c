/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The table of what stock Xen does about what this loader refuses: its forms
 * are those of the loader, which this program has, to the letter.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lib/loader/stock.h"
#include "lib/payload_file.h"

static const struct file_kind any = {1024U * 1024U * 1024U, "?"};
static struct payload_file program;

static int read_program(void **state)
{
    (void)state;
    return file_read("/proc/self/exe", &any, &program, stderr);
}

static int free_program(void **state)
{
    (void)state;
    payload_file_free(&program);
    return 0;
}

/* Whether it is a format of the subsystem's log, all of it: the level, which
 * the table leaves out, stands before it. */
static bool is_of_the_loader(const char *form)
{
    char whole[512];
    int nr = snprintf(whole, sizeof(whole), "<0>%s", form);

    return memmem(program.bytes, program.nr_bytes, whole, (size_t)nr + 1);
}

static void each_form_is_one_of_the_loader(void **state)
{
    const struct stock_other *other;
    size_t nr = 0;

    (void)state;
    for (; (other = stock_other_at(nr)); nr++) {
        if (!is_of_the_loader(other->form)) {
            fail_msg("the loader does not say '%s'", other->form);
        }
    }
    assert_true(nr > 20);
}

static void a_part_of_a_form_is_none(void **state)
{
    (void)state;
    assert_false(is_of_the_loader("livepatch: %s: sections %u and %u are"));
    assert_null(stock_find_other("livepatch: %s: sections %u and %u are", ""));
    assert_null(stock_find_other("sections %u and %u are both %s", ""));
    assert_null(stock_find_other("", ""));
}

static void a_form_is_found(void **state)
{
    const struct stock_other *other = stock_find_other(
        "livepatch: %s: sections %u and %u are both %s", "anything");

    (void)state;
    assert_non_null(other);
    assert_true(other->is_taken);
    assert_string_equal(
        other->deed,
        "stock Xen does not refuse that: it takes the first of them");
}

static bool is_place_taken(const char *line)
{
    return stock_find_other("livepatch: %s: %s[%lu]: %s of %u bytes at %#lx in "
                            "a section of %#lx bytes",
                            line);
}

/* Sections have the names that somebody gave them. */
static void only_the_end_of_a_line_is_looked_at(void **state)
{
    (void)state;
    assert_true(is_place_taken(".rela.data[0]: R_X86_64_NONE of 0 bytes at 9"));
    assert_true(is_place_taken("a]: b[0]: R_X86_64_NONE of 0 bytes at 9"));
    assert_false(is_place_taken(".rela.data[0]: R_X86_64_64 of 8 bytes at 9"));
    assert_false(is_place_taken("[0]: R_X86_64_NONE of [0]: R_X86_64_64 of 8"));
    assert_false(is_place_taken("R_X86_64_NONE of 0[0]: R_X86_64_64 of 8"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_form_is_one_of_the_loader),
        cmocka_unit_test(a_part_of_a_form_is_none),
        cmocka_unit_test(a_form_is_found),
        cmocka_unit_test(only_the_end_of_a_line_is_looked_at),
    };

    return cmocka_run_group_tests(tests, read_program, free_program);
}
