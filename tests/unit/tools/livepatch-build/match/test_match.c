/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who is whom: by a name of one's own, by who uses it where, as what is left;
 * and what stays without a twin, because nothing says enough.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "assembled.h"
#include "match/match.h"
#include "match/names.h"

#define USE(name) "lea " name "(%rip), %rax"

/* In both objects. */
struct pair {
    const char *before, *after; /* after NULL: it has no twin */
};

static void check_twins(const char *before, const char *after,
                        const struct pair *pairs, size_t nr)
{
    struct object *one = assemble(before);
    struct object *other = assemble(after);

    match_objects(one, other);
    for (size_t i = 0; i < nr; i++) {
        const struct piece *piece = piece_named(one, pairs[i].before);

        if (!pairs[i].after) {
            assert_null(piece->twin);
            continue;
        }
        assert_non_null(piece->twin);
        assert_string_equal(piece_name(piece->twin), pairs[i].after);
        assert_ptr_equal(piece->twin->twin, piece);
    }
    dismantle(one);
    dismantle(other);
}

#define CHECK_TWINS(before, after, ...)                                        \
    check_twins(before, after, (const struct pair[]){__VA_ARGS__},             \
                sizeof((const struct pair[]){__VA_ARGS__}) /                   \
                    sizeof(struct pair))

static void a_name_of_its_own_pairs(void **state)
{
    (void)state;
    CHECK_TWINS(FUNCTION("f", "nop") VARIABLE("v", ".long 1"),
                VARIABLE("v", ".long 2, 3") FUNCTION("f", "ret\nnop"),
                {"f", "f"}, {"v", "v"});
}

static void a_function_and_a_variable_of_a_name_differ(void **state)
{
    (void)state;
    CHECK_TWINS(FUNCTION("f", "nop"), VARIABLE("f", ".long 1"), {"f", NULL});
}

static void what_has_gone_has_no_twin(void **state)
{
    (void)state;
    CHECK_TWINS(FUNCTION("f", "nop") FUNCTION("g", "nop"), FUNCTION("f", "nop"),
                {"f", "f"}, {"g", NULL});
}

/* The numbers are exchanged: the functions say which is which. */
static void a_number_says_nothing_but_its_user_does(void **state)
{
    (void)state;
    CHECK_TWINS(FUNCTION("f", USE("count.1")) FUNCTION("g", USE("count.2"))
                    LOCAL_VARIABLE("count.1", ".long 0")
                        LOCAL_VARIABLE("count.2", ".long 0"),
                FUNCTION("f", USE("count.2")) FUNCTION("g", USE("count.1"))
                    LOCAL_VARIABLE("count.1", ".long 0")
                        LOCAL_VARIABLE("count.2", ".long 0"),
                {"count.1", "count.2"}, {"count.2", "count.1"});
}

/* One of them is new, and in front of the old one. */
static void a_new_one_of_a_name_does_not_take_the_old_one_s_place(void **state)
{
    (void)state;
    CHECK_TWINS(FUNCTION("g", USE("count.1"))
                    LOCAL_VARIABLE("count.1", ".long 0"),
                FUNCTION("f", USE("count.1")) FUNCTION("g", USE("count.2"))
                    LOCAL_VARIABLE("count.1", ".long 0")
                        LOCAL_VARIABLE("count.2", ".long 0"),
                {"count.1", "count.2"});
}

static void changed_code_uses_them_in_the_same_order(void **state)
{
    (void)state;
    CHECK_TWINS(
        FUNCTION("f", USE("v.1") "\n" USE("v.2"))
            LOCAL_VARIABLE("v.1", ".long 0") LOCAL_VARIABLE("v.2", ".long 0"),
        FUNCTION("f", "nop\n" USE("v.8") "\n" USE("v.3"))
            LOCAL_VARIABLE("v.3", ".long 0") LOCAL_VARIABLE("v.8", ".long 0"),
        {"v.1", "v.8"}, {"v.2", "v.3"});
}

/* The order is another; the values, which only one each has, decide. */
static void values_decide_before_the_order(void **state)
{
    (void)state;
    CHECK_TWINS(
        FUNCTION("f", USE("v.1") "\n" USE("v.2"))
            LOCAL_VARIABLE("v.1", ".long 1") LOCAL_VARIABLE("v.2", ".long 2"),
        FUNCTION("f", "nop\n" USE("v.2") "\n" USE("v.1"))
            LOCAL_VARIABLE("v.1", ".long 1") LOCAL_VARIABLE("v.2", ".long 2"),
        {"v.1", "v.1"}, {"v.2", "v.2"});
}

static void the_last_ones_of_a_name_pair_if_a_function_uses_both(void **state)
{
    (void)state;
    CHECK_TWINS(FUNCTION("f", USE("v.1") "\n" USE("v.1"))
                    LOCAL_VARIABLE("v.1", ".long 0"),
                FUNCTION("f", USE("v.4")) LOCAL_VARIABLE("v.4", ".long 1"),
                {"v.1", "v.4"});
}

static void another_function_s_variable_is_another_one(void **state)
{
    (void)state;
    CHECK_TWINS(FUNCTION("f", USE("v.1")) FUNCTION("g", "nop")
                    LOCAL_VARIABLE("v.1", ".long 0"),
                FUNCTION("f", "nop") FUNCTION("g", USE("v.1"))
                    LOCAL_VARIABLE("v.1", ".long 0"),
                {"v.1", NULL});
}

/* That it leads to itself makes it no user in common. */
static void a_variable_is_no_user_of_its_own(void **state)
{
    (void)state;
    CHECK_TWINS(FUNCTION("f", USE("v.1")) FUNCTION("g", "nop")
                    LOCAL_VARIABLE("v.1", ".quad v.1"),
                FUNCTION("f", "nop") FUNCTION("g", USE("v.1"))
                    LOCAL_VARIABLE("v.1", ".quad v.1"),
                {"v.1", NULL});
}

static void a_clone_pairs_by_who_calls_it(void **state)
{
    (void)state;
    CHECK_TWINS(
        FUNCTION("a", "call f.part.0") FUNCTION("b", "call f.part.1")
            LOCAL_FUNCTION("f.part.0", "nop") LOCAL_FUNCTION("f.part.1", "ret"),
        FUNCTION("a", "call f.part.1") FUNCTION("b", "call f.part.0")
            LOCAL_FUNCTION("f.part.0", "nop") LOCAL_FUNCTION("f.part.1", "ret"),
        {"f.part.0", "f.part.1"}, {"f.part.1", "f.part.0"});
}

static void a_renamed_function_pairs_by_who_calls_it(void **state)
{
    (void)state;
    CHECK_TWINS(FUNCTION("a", "call old") LOCAL_FUNCTION("old", "nop"),
                FUNCTION("a", "call new") LOCAL_FUNCTION("new", "ret\nret"),
                {"old", "new"});
}

/* Two callers say different things. */
static void a_contested_name_pairs_with_nobody(void **state)
{
    (void)state;
    CHECK_TWINS(FUNCTION("a", "call old") FUNCTION("b", "call old")
                    LOCAL_FUNCTION("old", "nop"),
                FUNCTION("a", "call new") FUNCTION("b", "call two")
                    LOCAL_FUNCTION("new", "ret") LOCAL_FUNCTION("two", "ret"),
                {"old", NULL});
}

static void a_renamed_variable_of_another_size_is_new(void **state)
{
    (void)state;
    CHECK_TWINS(FUNCTION("a", USE("old")) LOCAL_VARIABLE("old", ".long 0"),
                FUNCTION("a", USE("new")) LOCAL_VARIABLE("new", ".long 0, 0"),
                {"old", NULL});
    CHECK_TWINS(FUNCTION("a", USE("old")) LOCAL_VARIABLE("old", ".long 0"),
                FUNCTION("a", USE("new")) LOCAL_VARIABLE("new", ".long 0"),
                {"old", "new"});
}

/* Each says who the next one is. */
static void pairs_lead_to_pairs(void **state)
{
    (void)state;
    CHECK_TWINS(
        FUNCTION("a", "call one") LOCAL_FUNCTION("one", "call two")
            LOCAL_FUNCTION("two", USE("v.1")) LOCAL_VARIABLE("v.1", ".long 0"),
        FUNCTION("a", "call uno") LOCAL_FUNCTION("uno", "call due")
            LOCAL_FUNCTION("due", USE("v.2")) LOCAL_VARIABLE("v.2", ".long 0"),
        {"one", "uno"}, {"two", "due"}, {"v.1", "v.2"});
}

static void numbers_are_taken_from_names(void **state)
{
    static const struct {
        const char *name, *bare;
    } rows[] = {
        {"f", "f"},
        {"f.cold", "f.cold"},
        {"count.3", "count"},
        {"f.isra.0.cold", "f.isra.cold"},
        {"f.constprop.0.isra.12", "f.constprop.isra"},
        {"f.3x", "f.3x"},
        {"f.", "f."},
        {"f.1.2", "f"},
        {".1", ""},
    };
    struct arena arena;

    (void)state;
    arena_open(&arena);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_string_equal(name_without_numbers(&arena, rows[i].name),
                            rows[i].bare);
        assert_int_equal(name_is_numbered(rows[i].name),
                         strcmp(rows[i].name, rows[i].bare) != 0);
    }
    arena_close(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_of_its_own_pairs),
        cmocka_unit_test(a_function_and_a_variable_of_a_name_differ),
        cmocka_unit_test(what_has_gone_has_no_twin),
        cmocka_unit_test(a_number_says_nothing_but_its_user_does),
        cmocka_unit_test(a_new_one_of_a_name_does_not_take_the_old_one_s_place),
        cmocka_unit_test(changed_code_uses_them_in_the_same_order),
        cmocka_unit_test(values_decide_before_the_order),
        cmocka_unit_test(the_last_ones_of_a_name_pair_if_a_function_uses_both),
        cmocka_unit_test(another_function_s_variable_is_another_one),
        cmocka_unit_test(a_variable_is_no_user_of_its_own),
        cmocka_unit_test(a_clone_pairs_by_who_calls_it),
        cmocka_unit_test(a_renamed_function_pairs_by_who_calls_it),
        cmocka_unit_test(a_contested_name_pairs_with_nobody),
        cmocka_unit_test(a_renamed_variable_of_another_size_is_new),
        cmocka_unit_test(pairs_lead_to_pairs),
        cmocka_unit_test(numbers_are_taken_from_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
