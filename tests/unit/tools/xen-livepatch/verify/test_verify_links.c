/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb verify: what is broken in symbols and relocations is found, alone,
 * with the loader's errno.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"
#include "fake/verify_samples.h"
#include "fake/sample_elf.h"

static void symbols_are_checked(void **state)
{
    (void)state;
    sample_symbol(&payload, SAMPLE_NEW_FUNCTION)->st_shndx = SHN_COMMON;
    assert_found("EINVAL: symbol 2 (new_extra_version): COMMON");
    sample_symbol(&payload, SAMPLE_NEW_FUNCTION)->st_shndx = 0xff05;
    assert_found(
        "EOPNOTSUPP: symbol 2 (new_extra_version): reserved section 0xff05");
    sample_symbol(&payload, SAMPLE_NEW_FUNCTION)->st_shndx = 99;
    assert_found("EINVAL: symbol 2 (new_extra_version): section 99 of 17");
    sample_symbol(&payload, SAMPLE_PRINTK)->st_shndx = SHN_ABS;
    assert_passes();
    sample_add_symbol(&payload, "helper", STB_GLOBAL, ".text", 16);
    assert_passes();
    sample_add_symbol(&payload, "helper", STB_GLOBAL, ".text", 17);
    assert_found("EINVAL: symbol 4 (helper): at 0x11 of a section of 0x10");
    sample_add_symbol(&payload, "note", STB_GLOBAL, ".comment", 99);
    assert_passes();
}

static void names_of_the_hypervisor_are_not_free(void **state)
{
    (void)state;
    sample_add_symbol(&payload, "helper", STB_GLOBAL, ".text", 4);
    assert_passes();
    sample_add_symbol(&payload, "printk", STB_GLOBAL, ".text", 4);
    assert_found("EEXIST: symbol printk: the hypervisor has one of this name");
    sample_add_symbol(&payload, "start_of_day", STB_GLOBAL, ".text", 4);
    assert_passes(); /* gone after boot */
    sample_add_symbol(&payload, "hidden", STB_GLOBAL, ".text", 4);
    assert_passes(); /* common/foo.c#hidden */
    sample_add_symbol(&payload, "printk", STB_GLOBAL, ".text", 0);
    assert_passes(); /* the new function: it may have the old one's name */
}

static void local_names_clash_in_stock_xen_only(void **state)
{
    (void)state;
    sample_add_symbol(&payload, "printk", STB_LOCAL, ".text", 4);
    assert_found("EEXIST: symbol printk: the hypervisor has one of this name");
    sample_xen_make_ours(&xen);
    sample_add_symbol(&payload, "printk", STB_LOCAL, ".text", 4);
    assert_passes();
    sample_add_symbol(&payload, "printk", STB_GLOBAL, ".livepatch.funcs", 0);
    assert_passes();
}

static void undefined_symbols_are_looked_up(void **state)
{
    struct sample_section *strings = sample_section(&payload, ".strtab");

    (void)state;
    sample_rename(strings, "printk", "prints");
    assert_found("ENOENT: symbol prints: not in the hypervisor; only "
                 "a payload that was loaded before could have it");
    sample_rename(strings, "printk", "hidden");
    assert_found("ENOENT: symbol hidden: not in the hypervisor; only "
                 "a payload that was loaded before could have it");
    sample_rename(strings, "printk", "");
    assert_found("ENOENT: an undefined symbol without a name");
}

/* The new function's name has room for longer names. */
static void static_and_init_symbols_are_known_apart(void **state)
{
    static const struct {
        const char *name;
        const char *finding;
    } rows[] = {
        {"common/foo.c#hidden", NULL},
        {"common/bar.c#hidden",
         "ENOENT: symbol common/bar.c#hidden: not in the hypervisor; only "
         "a payload that was loaded before could have it"},
        {"foo.c#hidden",
         "ENOENT: symbol foo.c#hidden: not in the hypervisor; only "
         "a payload that was loaded before could have it"},
        {"common/foo.c#",
         "ENOENT: symbol common/foo.c#: not in the hypervisor; only "
         "a payload that was loaded before could have it"},
        {"start_of_day",
         "ENOENT: symbol start_of_day: in the hypervisor's init memory, which is gone after boot"},
        {"undefined_here",
         "ENOENT: symbol undefined_here: not in the hypervisor; only "
         "a payload that was loaded before could have it"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct sample_section *strings = sample_section(&payload, ".strtab");
        Elf64_Sym *symbol = sample_symbol(&payload, SAMPLE_PRINTK);

        symbol->st_name = (uint32_t)strings->header.sh_size;
        strcpy((char *)strings->bytes + symbol->st_name, rows[i].name);
        strings->header.sh_size += strlen(rows[i].name) + 1;
        if (rows[i].finding) {
            assert_found(rows[i].finding);
        } else {
            assert_passes();
        }
    }
}

static void relocations_are_checked(void **state)
{
    Elf64_Rela *call = sample_relocation(&payload, ".rela.text", 0);

    (void)state;
    call->r_info = ELF64_R_INFO(SAMPLE_PRINTK, R_X86_64_32S);
    assert_found("EOPNOTSUPP: .rela.text[0]: type 11 is not supported");
    call->r_info = ELF64_R_INFO(0, R_X86_64_PC32);
    assert_found("EOPNOTSUPP: .rela.text[0]: no symbol");
    call->r_info = ELF64_R_INFO(SAMPLE_NR_SYMBOLS, R_X86_64_PC32);
    assert_found("EINVAL: .rela.text[0]: symbol 4 of 4");
    call->r_offset = 12;
    assert_passes();
    call->r_offset = 13;
    assert_found("EINVAL: .rela.text[0]: 4 bytes at 0xd of a section of 0x10");
    call->r_offset = UINT64_MAX;
    assert_found(
        "EINVAL: .rela.text[0]: 4 bytes at 0xffffffffffffffff of a section of 0x10");
    call->r_offset = 9;
    call->r_info = ELF64_R_INFO(SAMPLE_PRINTK, R_X86_64_64);
    assert_found("EINVAL: .rela.text[0]: 8 bytes at 0x9 of a section of 0x10");
}

static void relocation_against_what_is_not_loaded_is_found(void **state)
{
    (void)state;
    sample_symbol(&payload, SAMPLE_PRINTK)->st_shndx =
        (uint16_t)sample_index(&payload, ".comment");
    assert_found(
        "EINVAL: .rela.text[0]: symbol 3 lies in section 10, which is not loaded");
}

static void relocation_sections_are_checked(void **state)
{
    Elf64_Shdr *section;

    (void)state;
    section = &sample_section(&payload, ".rela.text")->header;
    section->sh_type = SHT_REL;
    assert_found(
        "EOPNOTSUPP: section .rela.text: relocations without addends (REL)");
    section->sh_link = 1;
    assert_found(
        "EINVAL: section .rela.text: symbols in section 1, expected 11");
    section->sh_entsize = 8;
    assert_found("EINVAL: section .rela.text: 24 bytes in entries of 8");
    section->sh_size = 23;
    assert_found("EINVAL: section .rela.text: 23 bytes in entries of 24");
    section->sh_info = UINT32_MAX; /* of nothing: skipped */
    assert_passes();
    section->sh_info = sample_index(&payload, ".comment");
    section->sh_entsize = 0;
    assert_passes();
}

static void types_of_arm64_are_its_own(void **state)
{
    static const struct {
        uint32_t type;
        bool is_supported;
    } rows[] = {
        {0, false},   {256, false}, {257, true},  {262, true},  {272, true},
        {273, false}, {274, true},  {280, true},  {281, false}, {282, true},
        {286, true},  {293, true},  {294, false}, {299, true},  {300, false},
    };

    (void)state;
    payload.header.e_machine = EM_AARCH64;
    xen.header.e_machine = EM_AARCH64;
    sample_relocation(&payload, ".rela.livepatch.funcs", 0)->r_info =
        ELF64_R_INFO(SAMPLE_STRINGS, R_AARCH64_ABS64);
    sample_relocation(&payload, ".rela.livepatch.funcs", 1)->r_info =
        ELF64_R_INFO(SAMPLE_NEW_FUNCTION, R_AARCH64_ABS64);
    sample_relocation(&payload, ".rela.livepatch.hooks.load", 0)->r_info =
        ELF64_R_INFO(SAMPLE_NEW_FUNCTION, R_AARCH64_ABS64);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        sample_relocation(&payload, ".rela.text", 0)->r_info =
            ELF64_R_INFO(SAMPLE_PRINTK, rows[i].type);
        assert_int_equal(verify()->outcome, rows[i].is_supported ? 0 : 1);
    }
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_samples, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(symbols_are_checked),
        TEST(names_of_the_hypervisor_are_not_free),
        TEST(local_names_clash_in_stock_xen_only),
        TEST(undefined_symbols_are_looked_up),
        TEST(static_and_init_symbols_are_known_apart),
        TEST(relocations_are_checked),
        TEST(relocation_against_what_is_not_loaded_is_found),
        TEST(relocation_sections_are_checked),
        TEST(types_of_arm64_are_its_own),
    };

    return cmocka_run_group_tests_name("xen-livepatch verify links", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
