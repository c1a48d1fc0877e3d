// SPDX-License-Identifier: GPL-2.0
/* Symbols, entries, notes and metadata say what the plan says. */
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

#define LONG_START "a_function_whose_name_is_so_long"

static struct by_hand hand;
static struct written written;

/* A plan of the sample, not written yet. */
static int plan(void **state)
{
    (void)state;
    by_hand_open(&hand, (const char *const[]){SAMPLES "gcc/mixed.o",
                                              SAMPLES "gcc/other.o", NULL});
    by_hand_want(by_hand_find(&hand, "changed"));
    by_hand_include(&hand);
    by_hand_replace(&hand, "common/mixed.c#changed",
                    by_hand_find(&hand, "changed"));
    written = (struct written){.file.bytes = NULL};
    return 0;
}

static int forget(void **state)
{
    (void)state;
    written_close(&written);
    by_hand_close(&hand);
    return 0;
}

static void write_it(void)
{
    written_open(&written, by_hand_write(&hand));
}

static void an_entry_has_what_the_replacement_has(void **state)
{
    struct replacement *replacement = &hand.replacements[0];
    struct payload_func func;

    (void)state;
    replacement->old_address = 0xffff82d040301230;
    replacement->old_bytes = 0x123;
    write_it();
    assert_int_equal(payload_nr_funcs(&written.elf), 1);
    func = payload_func_at(&written.elf, 0);
    assert_string_equal(func.name, "common/mixed.c#changed");
    assert_int_equal(func.old_addr, 0xffff82d040301230);
    assert_int_equal(func.old_size, 0x123);
    assert_int_equal(func.new_size, replacement->new_bytes);
    assert_int_equal(func.version, 2);
    assert_int_equal(func.replacement.kind, POINTER_INSIDE);
    assert_int_equal(func.replacement.section,
                     elf_file_find(&written.elf, ".text"));
    assert_int_equal(func.replacement.value,
                     written_symbol(&written, "changed").st_value);
    assert_int_equal(func.nr_expected, 0);
}

static void expected_bytes_are_in_the_entry(void **state)
{
    struct payload_func func;

    (void)state;
    hand.replacements[0].nr_expected = 3;
    memcpy(hand.replacements[0].expected, "\x55\x48\x89", 3);
    write_it();
    func = payload_func_at(&written.elf, 0);
    assert_int_equal(func.nr_expected, 3);
    assert_memory_equal(func.expected, "\x55\x48\x89", 3);
}

static void entries_are_writable_when_asked_for_alone(void **state)
{
    (void)state;
    write_it();
    assert_int_equal(written_section(&written, SECTION_FUNCS).sh_flags,
                     SHF_ALLOC);
    written_close(&written);
    hand.plan.has_writable_funcs = true;
    write_it();
    assert_int_equal(written_section(&written, SECTION_FUNCS).sh_flags,
                     SHF_ALLOC | SHF_WRITE);
}

static void notes_are_build_ids(void **state)
{
    static const char *const names[] = {SECTION_DEPENDS, SECTION_XEN_DEPENDS};
    static const unsigned char first[] = {0x11, 0x22};

    (void)state;
    write_it();
    for (size_t i = 0; i < 2; i++) {
        const struct build_id id = payload_build_id(&written.elf, names[i]);

        assert_int_equal(written_section(&written, names[i]).sh_size, 36);
        assert_int_equal(written_section(&written, names[i]).sh_flags,
                         SHF_ALLOC);
        assert_int_equal(id.nr_bytes, 20);
        assert_int_equal(id.bytes[0], first[i]);
        assert_int_equal(id.bytes[19], first[i]);
    }
}

static void metadata_is_there_line_by_line(void **state)
{
    size_t nr_bytes;
    const char *metadata;

    (void)state;
    hand.metadata[0] = "author=me";
    hand.metadata[1] = "fixes=it";
    hand.plan.nr_metadata = 2;
    write_it();
    metadata = payload_metadata(&written.elf, &nr_bytes);
    assert_int_equal(nr_bytes, 19);
    assert_memory_equal(metadata, "author=me\0fixes=it", 19);
}

static void what_replaces_has_its_name_and_is_local(void **state)
{
    Elf64_Sym symbol;

    (void)state;
    write_it();
    symbol = written_symbol(&written, "changed");
    assert_string_equal(written_name(&written, "changed"), "changed");
    assert_int_equal(symbol.st_info, ELF64_ST_INFO(STB_LOCAL, STT_FUNC));
    assert_true(symbol.st_size > 0);
}

/* Stock Xen refuses equal names of two payloads, be they local. */
static void what_is_new_has_a_name_that_ends_in_the_id(void **state)
{
    struct build_id id;
    char name[64];

    (void)state;
    write_it();
    id = payload_build_id(&written.elf, SECTION_OWN_ID);
    snprintf(name, sizeof(name), "helper.%02x%02x%02x%02x", id.bytes[0],
             id.bytes[1], id.bytes[2], id.bytes[3]);
    assert_string_equal(written_name(&written, "helper"), name);
    assert_int_equal(written_symbol(&written, "counter").st_info,
                     ELF64_ST_INFO(STB_LOCAL, STT_OBJECT));
    assert_int_equal(strlen(written_name(&written, "counter")),
                     strlen("counter.01234567"));
}

static void only_what_is_undefined_is_not_local(void **state)
{
    Elf64_Shdr symtab;

    (void)state;
    write_it();
    symtab = elf_file_section(&written.elf, written.elf.symtab);
    for (uint32_t i = 0; i < written.elf.nr_symbols; i++) {
        const Elf64_Sym symbol = elf_file_symbol(&written.elf, i);
        const bool is_local = ELF64_ST_BIND(symbol.st_info) == STB_LOCAL;

        assert_int_equal(is_local, i < symtab.sh_info);
        assert_int_equal(is_local, i == 0 || symbol.st_shndx != SHN_UNDEF);
    }
}

static void a_hooks_variable_has_no_symbol(void **state)
{
    (void)state;
    by_hand_want(by_hand_find(&hand, "livepatch_load_data_small"));
    hand.plan.nr_inclusions = 0;
    for_each_piece(piece, &hand.objects[0])
    {
        piece->note = strncmp(piece->section->name, ".livepatch", 10) == 0 ||
                              strcmp(piece_name(piece), "small") == 0
                          ? piece
                          : NULL;
    }
    for_each_piece(piece, &hand.objects[1])
    {
        piece->note = NULL;
    }
    by_hand_include(&hand);
    hand.plan.nr_replacements = 0;
    write_it();
    for (uint32_t i = 1; i < written.elf.nr_symbols; i++) {
        const Elf64_Sym symbol = elf_file_symbol(&written.elf, i);
        const char *name = elf_file_symbol_name(&written.elf, &symbol);

        assert_null(strstr(name, "livepatch_load_data"));
    }
}

static void a_long_name_is_cut_before_the_id(void **state)
{
    const char *name;

    (void)state;
    hand.plan.inclusions[0].symbol =
        LONG_START "_that_it_does_not_fit_into_the_table_of_a_hypervisor_which_"
                   "has_room_for_126_bytes_and_cuts_off_what_is_more_than_that";
    hand.replacements[0].by = &hand.plan.inclusions[1];
    write_it();
    name = written_name(&written, LONG_START);
    assert_int_equal(strlen(name), 126);
    assert_int_equal(name[126 - 9], '.');
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, plan, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_entry_has_what_the_replacement_has),
        TEST(expected_bytes_are_in_the_entry),
        TEST(entries_are_writable_when_asked_for_alone),
        TEST(notes_are_build_ids),
        TEST(metadata_is_there_line_by_line),
        TEST(what_replaces_has_its_name_and_is_local),
        TEST(what_is_new_has_a_name_that_ends_in_the_id),
        TEST(only_what_is_undefined_is_not_local),
        TEST(a_hooks_variable_has_no_symbol),
        TEST(a_long_name_is_cut_before_the_id),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
