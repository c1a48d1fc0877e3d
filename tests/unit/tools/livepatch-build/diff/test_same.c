/* SPDX-License-Identifier: GPL-2.0 */
/*
 * When two pieces are the same: by what they hold, and by what they lead to,
 * however far, also where it leads back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "assembled.h"
#include "lib/memory.h"
#include "diff/diff.h"
#include "match/match.h"

/* Without a name, all of a section: compared by what it holds. */
#define TABLE(section, values)                                                 \
    ".section .rodata." section ",\"a\",@progbits\n.L" section ":\n" values "\n"
#define LEVELS 40

struct two {
    struct object *before, *after;
};

static struct two match_two(const char *before, const char *after)
{
    const struct two two = {assemble(before), assemble(after)};

    match_objects(two.before, two.after);
    return two;
}

static void dismantle_two(const struct two *two)
{
    dismantle(two->before);
    dismantle(two->after);
}

/* Of the first piece of this section in both. */
static bool is_same(const char *before, const char *after, const char *section)
{
    const struct two two = match_two(before, after);
    const bool same = diff_is_same(piece_of(two.before, section, 0),
                                   piece_of(two.after, section, 0));

    dismantle_two(&two);
    return same;
}

static void bytes_count(void **state)
{
    (void)state;
    assert_true(is_same(TABLE("a", ".long 1, 2"), TABLE("a", ".long 1, 2"),
                        ".rodata.a"));
    assert_false(is_same(TABLE("a", ".long 1, 2"), TABLE("a", ".long 1, 3"),
                         ".rodata.a"));
}

static void size_counts(void **state)
{
    (void)state;
    assert_false(
        is_same(TABLE("a", ".long 1, 0"), TABLE("a", ".long 1"), ".rodata.a"));
    assert_false(
        is_same(TABLE("a", ".long 1"), TABLE("a", ".long 1, 0"), ".rodata.a"));
}

static void a_reference_more_counts(void **state)
{
    (void)state;
    assert_false(is_same(TABLE("a", ".quad 0"),
                         TABLE("a", ".quad 0\n.reloc 0, R_X86_64_64, g"),
                         ".rodata.a"));
}

static void what_it_leads_to_counts(void **state)
{
    (void)state;
    assert_true(is_same(TABLE("a", ".quad .Lb") TABLE("b", ".long 1"),
                        TABLE("a", ".quad .Lb") TABLE("b", ".long 1"),
                        ".rodata.a"));
    assert_false(is_same(TABLE("a", ".quad .Lb") TABLE("b", ".long 1"),
                         TABLE("a", ".quad .Lb") TABLE("b", ".long 2"),
                         ".rodata.a"));
}

static void where_in_it_counts(void **state)
{
    (void)state;
    assert_false(is_same(TABLE("a", ".quad .Lb") TABLE("b", ".long 1, 1"),
                         TABLE("a", ".quad .Lb + 4") TABLE("b", ".long 1, 1"),
                         ".rodata.a"));
}

static void order_of_what_it_leads_to_counts(void **state)
{
    (void)state;
    assert_false(is_same(TABLE("a", ".quad .Lb, .Lc") TABLE("b", ".long 1")
                             TABLE("c", ".long 2"),
                         TABLE("a", ".quad .Lc, .Lb") TABLE("b", ".long 1")
                             TABLE("c", ".long 2"),
                         ".rodata.a"));
}

static void names_outside_count(void **state)
{
    (void)state;
    assert_true(
        is_same(TABLE("a", ".quad g"), TABLE("a", ".quad g"), ".rodata.a"));
    assert_false(
        is_same(TABLE("a", ".quad g"), TABLE("a", ".quad h"), ".rodata.a"));
}

/* A named one is the same when it is its twin, whatever it holds. */
static void twins_are_the_same_whatever_they_hold(void **state)
{
    (void)state;
    assert_true(is_same(TABLE("a", ".quad v") VARIABLE("v", ".long 1"),
                        TABLE("a", ".quad v") VARIABLE("v", ".long 2"),
                        ".rodata.a"));
    assert_false(is_same(
        TABLE("a", ".quad v") VARIABLE("v", ".long 1") VARIABLE("w", ".long 1"),
        TABLE("a", ".quad w") VARIABLE("v", ".long 1") VARIABLE("w", ".long 1"),
        ".rodata.a"));
}

/* Its compiler's names for equal ones may change. */
static void lone_local_constants_are_what_they_hold(void **state)
{
    (void)state;
    assert_true(is_same(
        TABLE("a", ".quad one") LOCAL_CONSTANT("one", ".long 7"),
        TABLE("a", ".quad two") LOCAL_CONSTANT("two", ".long 7"), ".rodata.a"));
    assert_false(is_same(
        TABLE("a", ".quad one") LOCAL_CONSTANT("one", ".long 7"),
        TABLE("a", ".quad two") LOCAL_CONSTANT("two", ".long 8"), ".rodata.a"));
    assert_false(is_same(TABLE("a", ".quad one") CONSTANT("one", ".long 7"),
                         TABLE("a", ".quad two") CONSTANT("two", ".long 7"),
                         ".rodata.a"));
    assert_false(is_same(
        TABLE("a", ".quad one") LOCAL_VARIABLE("one", ".long 7"),
        TABLE("a", ".quad two") LOCAL_VARIABLE("two", ".long 7\n.long 0"),
        ".rodata.a"));
}

static void the_end_of_a_string_is_a_string(void **state)
{
    (void)state;
    assert_true(is_same(TABLE("a", ".quad .Ls + 4") STRING(".Ls", "the end"),
                        TABLE("a", ".quad .Ls") STRING(".Ls", "end"),
                        ".rodata.a"));
    assert_false(is_same(TABLE("a", ".quad .Ls + 3") STRING(".Ls", "the end"),
                         TABLE("a", ".quad .Ls") STRING(".Ls", "end"),
                         ".rodata.a"));
}

static void tables_that_lead_to_each_other_end(void **state)
{
    (void)state;
    assert_true(is_same(TABLE("a", ".quad .Lb") TABLE("b", ".quad .La"),
                        TABLE("a", ".quad .Lb") TABLE("b", ".quad .La"),
                        ".rodata.a"));
    assert_false(is_same(
        TABLE("a", ".quad .Lb\n.long 1") TABLE("b", ".quad .La\n.long 2"),
        TABLE("a", ".quad .Lb\n.long 1") TABLE("b", ".quad .La\n.long 3"),
        ".rodata.a"));
}

/*
 * b leads back to a, of which it is not known yet that it differs: what was
 * found of b on the way is forgotten with a.
 */
static void what_relied_on_a_difference_is_forgotten(void **state)
{
    static const char before[] = TABLE("a", ".quad .Lb, .Lc")
        TABLE("b", ".quad .La") TABLE("c", ".long 1") TABLE("d", ".quad .Lb");
    static const char after[] = TABLE("a", ".quad .Lb, .Lc")
        TABLE("b", ".quad .La") TABLE("c", ".long 2") TABLE("d", ".quad .Lb");
    const struct two two = match_two(before, after);

    (void)state;
    assert_false(diff_is_same(piece_of(two.before, ".rodata.a", 0),
                              piece_of(two.after, ".rodata.a", 0)));
    assert_false(diff_is_same(piece_of(two.before, ".rodata.d", 0),
                              piece_of(two.after, ".rodata.d", 0)));
    assert_false(diff_is_same(piece_of(two.before, ".rodata.b", 0),
                              piece_of(two.after, ".rodata.b", 0)));
    dismantle_two(&two);
}

/* What does not lead back stays the same beside a difference. */
static void what_relied_on_nothing_stays(void **state)
{
    static const char before[] = TABLE("a", ".quad .Lb, .Lc")
        TABLE("b", ".long 5") TABLE("c", ".long 1");
    static const char after[] = TABLE("a", ".quad .Lb, .Lc")
        TABLE("b", ".long 5") TABLE("c", ".long 2");
    const struct two two = match_two(before, after);

    (void)state;
    assert_false(diff_is_same(piece_of(two.before, ".rodata.a", 0),
                              piece_of(two.after, ".rodata.a", 0)));
    assert_true(diff_is_same(piece_of(two.before, ".rodata.b", 0),
                             piece_of(two.after, ".rodata.b", 0)));
    dismantle_two(&two);
}

/* Each level leads twice to the next one; the last one to where `back` says. */
static char *make_levels(const char *back, int value)
{
    char *text = must_copy("");

    for (int i = 0; i < LEVELS; i++) {
        char *longer = must_format(
            "%s.section .rodata.t%d,\"a\",@progbits\n.Lt%d: .quad .Lt%d, "
            ".Lt%d\n",
            text, i, i, i + 1, i + 1);

        free(text);
        text = longer;
    }
    {
        char *whole =
            must_format("%s.section .rodata.t%d,\"a\",@progbits\n.Lt%d: .quad "
                        "%s\n.long %d\n",
                        text, LEVELS, LEVELS, back, value);

        free(text);
        return whole;
    }
}

/* 2^40 ways lead to the last one. */
static void each_pair_is_compared_once(void **state)
{
    static const struct {
        const char *back;
        int before, after;
    } rows[] = {{"0", 1, 1}, {"0", 1, 2}, {".Lt0", 1, 1}, {".Lt0", 1, 2}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char *before = make_levels(rows[i].back, rows[i].before);
        char *after = make_levels(rows[i].back, rows[i].after);

        assert_int_equal(is_same(before, after, ".rodata.t0"),
                         rows[i].before == rows[i].after);
        free(before);
        free(after);
    }
}

/* So long a chain that its comparison would not fit on the stack. */
static void a_chain_without_end_differs(void **state)
{
    char *text;
    size_t bytes;
    FILE *out = open_memstream(&text, &bytes);

    (void)state;
    for (int i = 0; i < 60000; i++) {
        fprintf(out,
                ".section .rodata.t%d,\"a\",@progbits\n.Lt%d: .quad .Lt%d\n", i,
                i, i + 1);
    }
    fputs(".section .rodata.t60000,\"a\",@progbits\n.Lt60000: .long 1\n", out);
    fclose(out);
    assert_false(is_same(text, text, ".rodata.t0"));
    assert_true(is_same(text, text, ".rodata.t59500"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_count),
        cmocka_unit_test(size_counts),
        cmocka_unit_test(a_reference_more_counts),
        cmocka_unit_test(what_it_leads_to_counts),
        cmocka_unit_test(where_in_it_counts),
        cmocka_unit_test(order_of_what_it_leads_to_counts),
        cmocka_unit_test(names_outside_count),
        cmocka_unit_test(twins_are_the_same_whatever_they_hold),
        cmocka_unit_test(lone_local_constants_are_what_they_hold),
        cmocka_unit_test(the_end_of_a_string_is_a_string),
        cmocka_unit_test(tables_that_lead_to_each_other_end),
        cmocka_unit_test(what_relied_on_a_difference_is_forgotten),
        cmocka_unit_test(what_relied_on_nothing_stays),
        cmocka_unit_test(each_pair_is_compared_once),
        cmocka_unit_test(a_chain_without_end_differs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
