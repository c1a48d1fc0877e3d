// SPDX-License-Identifier: GPL-2.0
/* Each piece is in the section where loaders want it, aligned, and no section
 * is there for nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "by_hand.h"
#include "write/payload.h"
#include "written.h"

#define MIXED SAMPLES "gcc/mixed.o"
#define OTHER SAMPLES "gcc/other.o"

/* A payload with `root` and what it needs of two objects, in the place of a
 * function. */
static void write_of(const char *first, const char *second, const char *root,
                     struct written *written)
{
    struct by_hand hand;

    by_hand_open(&hand, (const char *const[]){first, second, NULL});
    by_hand_want(by_hand_find(&hand, root));
    by_hand_include(&hand);
    by_hand_replace(&hand, "old", by_hand_find(&hand, root));
    written_open(written, by_hand_write(&hand));
    by_hand_close(&hand);
}

static void functions_are_in_one_section_and_aligned(void **state)
{
    struct written written;
    const char *names[] = {"fix", "weight.", "rare.", "by_table", NULL};
    uint32_t text;

    (void)state;
    write_of(SAMPLES "clang/fix.o", SAMPLES "clang/other.o", "fix", &written);
    text = elf_file_find(&written.elf, ".text");
    assert_int_equal(written_section(&written, ".text").sh_flags,
                     SHF_ALLOC | SHF_EXECINSTR);
    assert_int_equal(written_section(&written, ".text").sh_addralign, 16);
    for (size_t i = 0; i < 3; i++) {
        const Elf64_Sym symbol = written_symbol(&written, names[i]);

        assert_int_equal(symbol.st_shndx, text);
        assert_int_equal(symbol.st_value % 16, 0);
    }
    written_close(&written);
}

static void gaps_between_functions_are_traps(void **state)
{
    struct written written;
    Elf64_Sym fix;
    Elf64_Shdr text;
    uint64_t end = 0;

    (void)state;
    write_of(SAMPLES "gcc/fix.o", OTHER, "fix", &written);
    fix = written_symbol(&written, "fix.cold");
    text = written_section(&written, ".text");
    end = fix.st_value + fix.st_size;
    assert_true(end % 16 != 0 && end < text.sh_size);
    assert_int_equal(elf_file_bytes(&written.elf, &text)[end], 0xcc);
    written_close(&written);
}

static void new_data_is_writable_and_pointers_are_not(void **state)
{
    struct written written;

    (void)state;
    write_of(MIXED, OTHER, "changed", &written);
    assert_int_equal(written_section(&written, ".data").sh_flags,
                     SHF_ALLOC | SHF_WRITE);
    assert_int_equal(written_section(&written, ".bss").sh_flags,
                     SHF_ALLOC | SHF_WRITE);
    assert_int_equal(written_section(&written, ".bss").sh_type, SHT_NOBITS);
    assert_int_equal(written_section(&written, ".bss").sh_size, 4000);
    assert_int_equal(written_section(&written, ".rodata").sh_flags, SHF_ALLOC);
    assert_int_equal(written_symbol(&written, "texts").st_shndx,
                     elf_file_find(&written.elf, ".rodata"));
    assert_int_equal(written_symbol(&written, "counter").st_shndx,
                     elf_file_find(&written.elf, ".data"));
    assert_false(written_has_section(&written, ".data.rel.ro"));
    written_close(&written);
}

static void what_nobody_needs_has_no_section(void **state)
{
    static const char *const names[] = {".data",      ".bss",
                                        ".rodata",    ".rodata.str",
                                        ".modinfo",   ".altinstructions",
                                        ".rela.text", ".altinstr_replacement"};
    struct written written;

    (void)state;
    write_of(MIXED, OTHER, "small", &written);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_false(written_has_section(&written, names[i]));
    }
    written_close(&written);
}

static struct piece *string_of(struct object *object, const char *text)
{
    for_each_piece(piece, object)
    {
        if (piece->kind == PIECE_STRING &&
            strcmp((const char *)piece_bytes(piece), text) == 0) {
            return piece;
        }
    }
    fail_msg("no '%s' in %s", text, object->path);
    return NULL;
}

/* Two objects with the same string, of which the second's has that alignment.
 */
static void write_with_two_strings(uint64_t align, struct written *written)
{
    struct by_hand hand;
    struct piece *second;

    by_hand_open(&hand,
                 (const char *const[]){SAMPLES "gcc/fix.o", OTHER, NULL});
    string_of(&hand.objects[0], "shared");
    second = string_of(&hand.objects[1], "shared");
    assert_int_equal(second->start, 0);
    second->section->align = align;
    by_hand_want(by_hand_find(&hand, "fix"));
    by_hand_want(by_hand_find(&hand, "other"));
    by_hand_include(&hand);
    by_hand_replace(&hand, "old", by_hand_find(&hand, "fix"));
    written_open(written, by_hand_write(&hand));
    by_hand_close(&hand);
}

static void equal_strings_of_two_objects_are_one(void **state)
{
    struct written written;

    (void)state;
    write_with_two_strings(1, &written);
    assert_int_equal(written_count(&written, ".rodata.str", "shared", 7), 1);
    assert_int_equal(written_count(&written, ".rodata.str", "alpha", 6), 1);
    written_close(&written);
}

static void a_shared_string_has_the_alignment_that_any_wants(void **state)
{
    struct written written;
    Elf64_Shdr strings;
    const unsigned char *bytes;

    (void)state;
    write_with_two_strings(64, &written);
    strings = written_section(&written, ".rodata.str");
    bytes = elf_file_bytes(&written.elf, &strings);
    assert_int_equal(strings.sh_addralign, 64);
    assert_int_equal(
        ((unsigned char *)memmem(bytes, strings.sh_size, "shared", 7) - bytes) %
            64,
        0);
    written_close(&written);
}

/* arm64's compiler aligns them to 8, and loads them by words. */
static void strings_keep_their_alignment(void **state)
{
    struct written written;
    Elf64_Shdr strings;
    const unsigned char *bytes;
    const unsigned char *beta;

    (void)state;
    write_of(SAMPLES "aarch64-linux-gnu-gcc/fix.o",
             SAMPLES "aarch64-linux-gnu-gcc/other.o", "fix", &written);
    strings = written_section(&written, ".rodata.str");
    bytes = elf_file_bytes(&written.elf, &strings);
    beta = memmem(bytes, strings.sh_size, "beta", 5);
    assert_non_null(beta);
    assert_int_equal(strings.sh_addralign, 8);
    assert_int_equal((beta - bytes) % 8, 0);
    written_close(&written);
}

static void data_keeps_its_alignment(void **state)
{
    struct written written;

    (void)state;
    write_of(SAMPLES "gcc/fix.o", OTHER, "fix", &written);
    assert_int_equal(written_section(&written, ".bss").sh_addralign, 32);
    assert_int_equal(written_symbol(&written, "seen").st_value % 32, 0);
    written_close(&written);
}

static void entries_of_two_objects_follow_each_other(void **state)
{
    struct by_hand hand;
    struct written written;
    size_t nr = 0;

    (void)state;
    by_hand_open(&hand, (const char *const[]){
                            SAMPLES "payloads/gcc/faults.o",
                            SAMPLES "payloads/gcc/alternatives.o", NULL});
    by_hand_want_all(&hand);
    by_hand_include(&hand);
    by_hand_replace(&hand, "old", by_hand_find(&hand, "called_letter"));
    for (size_t i = 0; i < hand.plan.nr_inclusions; i++) {
        struct section *section = hand.plan.inclusions[i].piece->section;

        if (strcmp(section->name, ".altinstructions") == 0) {
            section->align = 8; /* their length is no multiple of it */
            nr++;
        }
    }
    written_open(&written, by_hand_write(&hand));
    assert_true(nr > 1);
    assert_int_equal(written_section(&written, ".altinstructions").sh_size,
                     nr * 14);
    assert_int_equal(written_section(&written, ".altinstructions").sh_addralign,
                     8);
    assert_true(written_section(&written, ".ex_table").sh_size >= 8);
    assert_int_equal(written_section(&written, ".ex_table").sh_addralign, 4);
    assert_int_equal(written_section(&written, ".ex_table").sh_flags,
                     SHF_ALLOC);
    written_close(&written);
    by_hand_close(&hand);
}

/* Without the alternative that has code; Xen asks for the section. */
static void alternatives_without_code_have_a_section_of_code(void **state)
{
    struct by_hand hand;
    struct written written;

    (void)state;
    by_hand_open(&hand, (const char *const[]){
                            SAMPLES "payloads/gcc/alternatives.o", NULL});
    for_each_piece(piece, &hand.objects[0])
    {
        const bool is_entry =
            strcmp(piece->section->name, ".altinstructions") == 0;

        if (piece->kind == PIECE_FUNCTION ||
            (is_entry && piece_bytes(piece)[11] == 0)) {
            piece->note = piece;
        }
    }
    by_hand_include(&hand);
    by_hand_replace(&hand, "old", by_hand_find(&hand, "called_letter"));
    written_open(&written, by_hand_write(&hand));
    assert_int_equal(written_section(&written, ".altinstructions").sh_size, 14);
    assert_int_equal(written_section(&written, ".altinstr_replacement").sh_size,
                     0);
    written_close(&written);
    by_hand_close(&hand);
}

static void hooks_are_not_writable(void **state)
{
    struct by_hand hand;
    struct written written;

    (void)state;
    by_hand_open(&hand,
                 (const char *const[]){SAMPLES "payloads/gcc/hooks.o", NULL});
    by_hand_want_all(&hand);
    by_hand_include(&hand);
    written_open(&written, by_hand_write(&hand));
    assert_int_equal(
        written_section(&written, ".livepatch.hooks.load").sh_flags, SHF_ALLOC);
    written_close(&written);
    by_hand_close(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_are_in_one_section_and_aligned),
        cmocka_unit_test(gaps_between_functions_are_traps),
        cmocka_unit_test(new_data_is_writable_and_pointers_are_not),
        cmocka_unit_test(what_nobody_needs_has_no_section),
        cmocka_unit_test(equal_strings_of_two_objects_are_one),
        cmocka_unit_test(a_shared_string_has_the_alignment_that_any_wants),
        cmocka_unit_test(strings_keep_their_alignment),
        cmocka_unit_test(data_keeps_its_alignment),
        cmocka_unit_test(entries_of_two_objects_follow_each_other),
        cmocka_unit_test(alternatives_without_code_have_a_section_of_code),
        cmocka_unit_test(hooks_are_not_writable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
