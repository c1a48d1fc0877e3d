/* SPDX-License-Identifier: GPL-2.0 */
/* How sections become pieces, who refers to them, and what owns what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "assembled.h"

static void check_piece(const struct object *object, const char *section,
                        size_t n, enum piece_kind kind, uint64_t start,
                        uint64_t size)
{
    const struct piece *piece = piece_of(object, section, n);

    assert_int_equal(piece->kind, kind);
    assert_int_equal(piece->start, start);
    assert_int_equal(piece->size, size);
}

static void check_number(const struct object *object, const char *section,
                         size_t nr)
{
    assert_int_equal(piece_of(object, section, 0)->section->nr_pieces, nr);
}

static void code_reaches_to_the_next_function(void **state)
{
    struct object *object =
        assemble(".text\n.type f,@function\nf: nop\n.size f,1\nnop\nnop\n"
                 ".type g,@function\ng: nop\nnop\n.size g,1\n");

    (void)state;
    check_number(object, ".text", 2);
    check_piece(object, ".text", 0, PIECE_FUNCTION, 0, 3);
    check_piece(object, ".text", 1, PIECE_FUNCTION, 3, 2);
    dismantle(object);
}

static void data_ends_where_its_symbol_says(void **state)
{
    struct object *object =
        assemble(".data\n.type v,@object\nv: .long 1\n.size v,4\n.long 0\n"
                 ".type w,@object\nw: .quad 1\n.size w,8\n");

    (void)state;
    check_number(object, ".data", 2);
    check_piece(object, ".data", 0, PIECE_VARIABLE, 0, 4);
    check_piece(object, ".data", 1, PIECE_VARIABLE, 8, 8);
    dismantle(object);
}

static void what_lies_before_the_first_symbol_has_no_name(void **state)
{
    struct object *object =
        assemble(".text\nnop\nnop\n.type f,@function\nf: nop\n.size f,1\n");

    (void)state;
    check_piece(object, ".text", 0, PIECE_UNNAMED, 0, 2);
    check_piece(object, ".text", 1, PIECE_FUNCTION, 2, 1);
    dismantle(object);
}

/* A global name is what others know it by. */
static void two_names_of_a_place_are_one_piece(void **state)
{
    struct object *object =
        assemble(".text\n.globl g\n.type a,@function\n.type g,@function\n"
                 "a:\ng: nop\n.size a,1\n.size g,1\n");

    (void)state;
    check_number(object, ".text", 1);
    assert_string_equal(piece_name(piece_of(object, ".text", 0)), "g");
    dismantle(object);
}

static void strings_end_with_their_zero(void **state)
{
    struct object *object =
        assemble(STRING("a", "one") STRING("b", "") STRING("c", "three"));

    (void)state;
    check_number(object, ".rodata.str1.1", 3);
    check_piece(object, ".rodata.str1.1", 0, PIECE_STRING, 0, 4);
    check_piece(object, ".rodata.str1.1", 1, PIECE_STRING, 4, 1);
    check_piece(object, ".rodata.str1.1", 2, PIECE_STRING, 5, 6);
    dismantle(object);
}

static void wide_strings_end_with_a_wide_zero(void **state)
{
    struct object *object =
        assemble(".section .rodata.str4.4,\"aMS\",@progbits,4\n"
                 ".long 0x100, 0, 0x41\n");

    (void)state;
    check_number(object, ".rodata.str4.4", 2);
    check_piece(object, ".rodata.str4.4", 0, PIECE_STRING, 0, 8);
    check_piece(object, ".rodata.str4.4", 1, PIECE_STRING, 8, 4);
    dismantle(object);
}

static void constants_are_cut_by_their_size(void **state)
{
    struct object *object =
        assemble(".section .rodata.cst8,\"aM\",@progbits,8\n.quad 1, 2, 3\n");

    (void)state;
    check_number(object, ".rodata.cst8", 3);
    check_piece(object, ".rodata.cst8", 2, PIECE_CONSTANT, 16, 8);
    dismantle(object);
}

static void users_are_listed_once_as_they_lie(void **state)
{
    struct object *object = assemble(FUNCTION("a", "call t\ncall t") FUNCTION(
        "b", "call t") FUNCTION("t", "call t") FUNCTION("u", "nop"));
    const struct piece *target = piece_named(object, "t");

    (void)state;
    assert_int_equal(target->nr_users, 3);
    assert_ptr_equal(target->users[0], piece_named(object, "a"));
    assert_ptr_equal(target->users[1], piece_named(object, "b"));
    assert_ptr_equal(target->users[2], target);
    assert_int_equal(piece_named(object, "u")->nr_users, 0);
    dismantle(object);
}

static void a_cold_part_belongs_to_its_function(void **state)
{
    struct object *object = assemble(FUNCTION("f", "jmp f.cold") LOCAL_FUNCTION(
        "f.cold", "nop") LOCAL_FUNCTION("g.cold", "nop"));

    (void)state;
    assert_ptr_equal(piece_named(object, "f.cold")->owner,
                     piece_named(object, "f"));
    assert_null(piece_named(object, "g.cold")->owner);
    dismantle(object);
}

/* Code without names, of which each part belongs to whom jumps there. */
static void code_without_names_is_cut_where_functions_go_in(void **state)
{
    struct object *object = assemble(
        ".section .out,\"ax\",@progbits\n.Lf: nop\nnop\n.Lg: nop\n" FUNCTION(
            "f", "jmp .Lf") FUNCTION("g", "jmp .Lg"));

    (void)state;
    check_number(object, ".out", 2);
    check_piece(object, ".out", 0, PIECE_SNIPPET, 0, 2);
    check_piece(object, ".out", 1, PIECE_SNIPPET, 2, 1);
    assert_ptr_equal(piece_of(object, ".out", 0)->owner,
                     piece_named(object, "f"));
    assert_ptr_equal(piece_of(object, ".out", 1)->owner,
                     piece_named(object, "g"));
    dismantle(object);
}

static void code_that_nobody_begins_is_one_piece(void **state)
{
    struct object *object =
        assemble(".section .out,\"ax\",@progbits\nnop\n.Lf: nop\n" FUNCTION(
            "f", "jmp .Lf"));

    (void)state;
    check_number(object, ".out", 1);
    check_piece(object, ".out", 0, PIECE_UNNAMED, 0, 2);
    dismantle(object);
}

/* Each section's own, though they are found together. */
static void entrances_are_each_section_s_own(void **state)
{
    struct object *object = assemble(
        ".section .one,\"ax\",@progbits\n.L1: nop\n.L2: nop\n"
        ".section .two,\"ax\",@progbits\n.L3: nop\nnop\n.L4: nop\n" FUNCTION(
            "f", "jmp .L4\njmp .L1") FUNCTION("g", "jmp .L3\njmp .L2"));

    (void)state;
    check_piece(object, ".one", 0, PIECE_SNIPPET, 0, 1);
    check_piece(object, ".one", 1, PIECE_SNIPPET, 1, 1);
    check_piece(object, ".two", 0, PIECE_SNIPPET, 0, 2);
    check_piece(object, ".two", 1, PIECE_SNIPPET, 2, 1);
    dismantle(object);
}

static void entries_belong_to_the_function_they_lead_to(void **state)
{
    struct object *object = assemble(FUNCTION("f", ".Lf: nop") FUNCTION(
        "g",
        ".Lg: nop\n.Lh: nop") ".section .ex_table,\"a\",@progbits\n"
                              ".long .Lg - ., .Lf - .\n.long .Lf - ., .Lf - .\n"
                              ".long .Lh - ., .Lf - .\n");
    const struct piece *owner = piece_named(object, "g");

    (void)state;
    check_number(object, ".ex_table", 3);
    assert_ptr_equal(owner->owned, piece_of(object, ".ex_table", 0));
    assert_ptr_equal(owner->owned->next_owned,
                     piece_of(object, ".ex_table", 2));
    assert_null(owner->owned->next_owned->next_owned);
    assert_ptr_equal(piece_of(object, ".ex_table", 1)->owner,
                     piece_named(object, "f"));
    dismantle(object);
}

static void entries_that_cannot_be_told_apart_are_refused(void **state)
{
    const char *said;

    (void)state;
    assert_int_not_equal(
        try_to_cut(
            FUNCTION("f", ".Lf: nop") ".section .ex_table,\"a\",@progbits\n"
                                      ".long .Lf - ., .Lf - .\n.long .Lf - .\n",
            &said),
        0);
    assert_non_null(strstr(said, ".ex_table"));
    assert_non_null(strstr(said, "cannot be told apart"));
}

/* Past 0xff00 sections the symbols' indices lie in a table of their own, and
 * 0xfff1 and 0xfff2 are sections there, not absolute or common symbols. */
static void as_many_sections_as_there_are(void **state)
{
    const int nr = 0xfff8;
    struct object *object;
    size_t bytes;
    char *text;
    FILE *out = open_memstream(&text, &bytes);

    (void)state;
    for (int i = 0; i < nr; i++) {
        fprintf(out,
                ".section .data.v%d,\"aw\",@progbits\n.type v%d,@object\n"
                "v%d: .byte 1\n.size v%d,1\n",
                i, i, i, i);
    }
    fclose(out);
    object = assemble(text);
    assert_true(object->nr_sections > 0xfff2);
    for (size_t i = 0xfff0; i < 0xfff4; i++) {
        assert_int_equal(object->sections[i].nr_pieces, 1);
        assert_string_equal(object->sections[i].pieces[0].symbol->name,
                            object->sections[i].name + strlen(".data."));
        assert_false(object->sections[i].pieces[0].symbol->is_absolute);
    }
    dismantle(object);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_reaches_to_the_next_function),
        cmocka_unit_test(data_ends_where_its_symbol_says),
        cmocka_unit_test(what_lies_before_the_first_symbol_has_no_name),
        cmocka_unit_test(two_names_of_a_place_are_one_piece),
        cmocka_unit_test(strings_end_with_their_zero),
        cmocka_unit_test(wide_strings_end_with_a_wide_zero),
        cmocka_unit_test(constants_are_cut_by_their_size),
        cmocka_unit_test(users_are_listed_once_as_they_lie),
        cmocka_unit_test(a_cold_part_belongs_to_its_function),
        cmocka_unit_test(code_without_names_is_cut_where_functions_go_in),
        cmocka_unit_test(code_that_nobody_begins_is_one_piece),
        cmocka_unit_test(entrances_are_each_section_s_own),
        cmocka_unit_test(entries_belong_to_the_function_they_lead_to),
        cmocka_unit_test(entries_that_cannot_be_told_apart_are_refused),
        cmocka_unit_test(as_many_sections_as_there_are),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
