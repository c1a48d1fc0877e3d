/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb info: what a file says of itself, what the hypervisor tells of a
 * loaded payload, and how the two are told apart.
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

#include "fake/busy_payload.h"
#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"
#include "fake/sample_elf.h"

static struct sample_elf payload;

static int start_sample(void **state)
{
    sample_payload_make(&payload);
    return start_fake(state);
}

#define XEN_ID "0102030405060708090a0b0c0d0e0f1011121314"
#define OWN_ID "a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4"

static void file_is_shown_with_all_that_it_says(void **state)
{
    const struct run *run;

    (void)state;
    sample_write(&payload, "fix1.livepatch");
    run = run_command("info", "fix1.livepatch", NULL);
    assert_contains(run->out, "file:           fix1.livepatch, ");
    assert_contains(run->out, "\nbuild-id:       " OWN_ID "\n"
                              "hypervisor:     " XEN_ID "\n"
                              "goes on top of: " XEN_ID "\n"
                              "metadata:       author=me\n"
                              "                b=2\n"
                              "signature:      none\n"
                              "hooks:          load (1)\n"
                              "functions:      1\n"
                              "  xen_extra_version: 16 bytes, replaced by 9 "
                              "bytes\n");
    assert_string_equal(run->err, "");
    assert_int_equal(run->outcome, 0);
}

static void file_is_reported_with_the_same(void **state)
{
    const struct run *run;

    (void)state;
    sample_write(&payload, "fix1.livepatch");
    run = run_command("info", "fix1.livepatch", "--json", NULL);
    assert_contains(run->out, "\"build_id\": \"" OWN_ID "\",\n"
                              "  \"xen_build_id\": \"" XEN_ID "\",\n"
                              "  \"depends\": \"" XEN_ID "\",\n"
                              "  \"metadata\": [\n"
                              "    \"author=me\",\n"
                              "    \"b=2\"\n"
                              "  ],\n"
                              "  \"signature\": \"none\",\n"
                              "  \"signature_bytes\": 0,\n"
                              "  \"hooks\": [\n"
                              "    \"load\"\n"
                              "  ],\n"
                              "  \"functions\": [\n"
                              "    {\n"
                              "      \"name\": \"xen_extra_version\",\n"
                              "      \"old_address\": null,\n"
                              "      \"old_size\": 16,\n"
                              "      \"new_size\": 9,\n"
                              "      \"is_nops\": false,\n"
                              "      \"expected\": null,\n"
                              "      \"version\": 2\n"
                              "    }\n"
                              "  ],\n"
                              "  \"exit_status\": 0\n");
}

/* Two entries of 64 bytes, and no id of the hypervisor. */
static void functions_of_a_payload_before_4_14_are_shown(void **state)
{
    struct sample_section *funcs;
    const struct run *run;

    (void)state;
    sample_section(&payload, ".livepatch.xen_depends")->name = ".comment.2";
    funcs = sample_section(&payload, ".livepatch.funcs");
    funcs->bytes[32] = 1;
    memcpy(funcs->bytes + 64, funcs->bytes, 64);
    funcs->bytes[64 + 24] = 0; /* new_size: to NOPs */
    funcs->bytes[64 + 28] = 77;
    funcs->header.sh_size = 128;
    sample_add_relocation(&payload, ".rela.livepatch.funcs", 64, SAMPLE_STRINGS,
                          4);
    sample_write(&payload, "fix1.livepatch");
    run = run_command("info", "fix1.livepatch", NULL);
    assert_contains(run->out, "hypervisor:     none\n");
    assert_contains(run->out,
                    "functions:      2 (version 1, for Xen before 4.14)\n"
                    "  xen_extra_version: 16 bytes, replaced by 9 bytes\n"
                    "  extra_version: 77 bytes, 0 of them to NOPs\n");
    assert_int_equal(run->outcome, 0);
    assert_contains(run_command("info", "fix1.livepatch", "--json", NULL)->out,
                    "\"version\": 1\n");
}

static void file_made_to_keep_it_busy_is_not_shown(void **state)
{
    (void)state;
    busy_payload_write(&payload, "fix1.livepatch");
    assert_run(run_command("info", "fix1.livepatch", NULL), 5, "",
               "fix1.livepatch: so many entries with so many relocations would "
               "take hours to read: not shown. No compiler makes such a "
               "file.\n");
}

/* Writes the sample with a name of so many bytes for its function: the section
 * of its strings is at the end of the file. */
static void write_long_name(size_t nr_bytes)
{
    static char file[65536];
    Elf64_Ehdr header;
    Elf64_Shdr section;
    size_t at;
    FILE *stream;

    sample_write(&payload, "fix1.livepatch");
    stream = fopen("fix1.livepatch", "rb");
    at = fread(file, 1, sizeof(file), stream);
    fclose(stream);
    memset(file + at, 'x', sizeof(file) - at);
    memcpy(&header, file, sizeof(header));
    section = sample_section(&payload, ".rodata.str1.1")->header;
    section.sh_offset = at;
    section.sh_size = nr_bytes + 1;
    assert_true(at + section.sh_size <= sizeof(file));
    memcpy(file + header.e_shoff +
               sizeof(section) * sample_index(&payload, ".rodata.str1.1"),
           &section, sizeof(section));
    file[at + nr_bytes] = '\0';
    write_file("fix1.livepatch", file, at + nr_bytes + 1);
}

/* Of ten thousand entries with the longest string of the file, the names would
 * fill a disk. */
static void name_longer_than_any_is_not_shown(void **state)
{
    (void)state;
    write_long_name(4095);
    assert_contains(run_command("info", "fix1.livepatch", NULL)->out,
                    "xxx: 16 bytes, replaced by 9 bytes\n");
    write_long_name(4096);
    assert_contains(run_command("info", "fix1.livepatch", NULL)->out,
                    "\n  (no name): 16 bytes, replaced by 9 bytes\n");
}

static const struct run *info_with_xen_syms(struct sample_elf *xen,
                                            const char *more)
{
    sample_section(xen, ".text")->header.sh_addr = 0xffff82d040200000;
    for (unsigned int i = 1; i < 8; i++) {
        if (sample_symbol(xen, i)->st_shndx == sample_index(xen, ".text")) {
            sample_symbol(xen, i)->st_value = 0xffff82d040200010;
        }
    }
    sample_write(xen, "xen-syms");
    sample_write(&payload, "fix1.livepatch");
    return run_command("info", "fix1.livepatch", "--xen-syms", "xen-syms", more,
                       NULL);
}

static void old_function_is_located_in_xen_syms(void **state)
{
    struct sample_elf xen;

    (void)state;
    sample_xen_make(&xen);
    assert_contains(info_with_xen_syms(&xen, NULL)->out,
                    "  xen_extra_version at 0xffff82d040200010: 16 bytes, "
                    "replaced by 9 bytes\n");
    assert_contains(info_with_xen_syms(&xen, "--json")->out,
                    "\"old_address\": \"0xffff82d040200010\",\n");
    sample_add_relocation(&payload, ".rela.livepatch.funcs", 16, SAMPLE_PRINTK,
                          2);
    assert_contains(info_with_xen_syms(&xen, NULL)->out,
                    "  xen_extra_version at 0xffff82d040200012: ");
}

/* As all payloads before Xen 4.14 are. */
static void
payload_that_names_no_hypervisor_is_looked_up_all_the_same(void **state)
{
    const struct run *run;
    struct sample_elf xen;

    (void)state;
    sample_section(&payload, ".livepatch.xen_depends")->name = ".comment.2";
    sample_xen_make(&xen);
    run = info_with_xen_syms(&xen, NULL);
    assert_contains(run->out, "  xen_extra_version at 0xffff82d040200010: ");
    assert_contains(run->err, "fix1.livepatch does not say for which "
                              "hypervisor it was built; old functions are "
                              "looked up in xen-syms all the same.\n");
    assert_int_equal(run->outcome, 0);
}

static void xen_syms_of_another_build_is_exit_5(void **state)
{
    struct sample_elf xen;

    (void)state;
    sample_xen_make(&xen);
    sample_section(&xen, ".note.gnu.build-id")->bytes[16] ^= 1;
    assert_run(info_with_xen_syms(&xen, NULL), 5, "",
               "fix1.livepatch: built for another hypervisor than xen-syms "
               "is.\n");
}

/* The entry's own size need not be that of the function. */
static void size_of_the_new_function_is_that_of_its_symbol(void **state)
{
    (void)state;
    sample_symbol(&payload, SAMPLE_NEW_FUNCTION)->st_size = 11;
    sample_write(&payload, "fix1.livepatch");
    assert_contains(run_command("info", "fix1.livepatch", NULL)->out,
                    "16 bytes, replaced by 11 bytes\n");
}

/* Of the 31 bytes that there is room for, those that are to be compared. */
static void
bytes_that_the_old_function_has_to_begin_with_are_shown(void **state)
{
    static const unsigned char expect[] = {3 << 1 | 1, 0x55, 0x08, 0xe5, 0xff};

    (void)state;
    memcpy(sample_section(&payload, ".livepatch.funcs")->bytes + 72, expect,
           sizeof(expect));
    sample_write(&payload, "fix1.livepatch");
    assert_contains(run_command("info", "fix1.livepatch", NULL)->out,
                    "replaced by 9 bytes, has to begin with 55 08 e5\n");
    assert_contains(run_command("info", "fix1.livepatch", "--json", NULL)->out,
                    "\"expected\": \"5508e5\"");
}

static void xen_syms_that_is_missing_is_exit_5(void **state)
{
    (void)state;
    sample_write(&payload, "fix1.livepatch");
    assert_int_equal(
        run_command("info", "fix1.livepatch", "--xen-syms", "missing", NULL)
            ->outcome,
        5);
}

static void function_without_a_new_one_becomes_nops(void **state)
{
    (void)state;
    sample_relocation(&payload, ".rela.livepatch.funcs", 1)->r_offset = 40;
    sample_write(&payload, "nops.livepatch");
    assert_contains(run_command("info", "nops.livepatch", NULL)->out,
                    "  xen_extra_version: 16 bytes, 9 of them to NOPs\n");
}

static void name_that_leads_nowhere_is_said_to_be_none(void **state)
{
    static const struct {
        uint64_t symbol;
        int64_t addend;
    } rows[] = {
        {0, 0},
        {SAMPLE_NR_SYMBOLS, 0},
        {SAMPLE_PRINTK, 0},
        {SAMPLE_STRINGS, 18},
        {SAMPLE_STRINGS, -1},
        {UINT32_MAX, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        Elf64_Rela *relocation =
            sample_relocation(&payload, ".rela.livepatch.funcs", 0);

        relocation->r_info = ELF64_R_INFO(rows[i].symbol, R_X86_64_64);
        relocation->r_addend = rows[i].addend;
        sample_write(&payload, "nameless.livepatch");
        assert_contains(run_command("info", "nameless.livepatch", NULL)->out,
                        "  (no name): 16 bytes, replaced by 9 bytes\n");
    }
}

static void payload_with_nothing_in_it_is_shown_as_that(void **state)
{
    static const char *const names[] = {
        ".note.gnu.build-id", ".livepatch.depends",    ".livepatch.xen_depends",
        ".livepatch.funcs",   ".livepatch.hooks.load", ".modinfo",
    };
    const struct run *run;

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        sample_section(&payload, names[i])->name = ".other";
    }
    sample_write(&payload, "empty.livepatch");
    run = run_command("info", "empty.livepatch", NULL);
    assert_contains(run->out, "\nbuild-id:       none\n"
                              "hypervisor:     none\n"
                              "goes on top of: none\n"
                              "signature:      none\n"
                              "hooks:          none\n"
                              "functions:      0\n");
}

static void special_section_without_bytes_counts_as_missing(void **state)
{
    static const char *const names[] = {".note.gnu.build-id",
                                        ".livepatch.funcs", ".modinfo"};
    const struct run *run;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        sample_section(&payload, names[i])->header.sh_type = SHT_NOBITS;
        sample_section(&payload, names[i])->header.sh_size = 1U << 20;
    }
    sample_write(&payload, "nobits.livepatch");
    run = run_command("info", "nobits.livepatch", NULL);
    assert_contains(run->out, "\nbuild-id:       none\n");
    assert_contains(run->out, "functions:      0\n");
    assert_lacks(run->out, "metadata:");
}

static void file_that_is_no_elf_is_exit_5(void **state)
{
    (void)state;
    write_file("bad", "no ELF at all", 13);
    assert_int_equal(run_command("info", "bad", NULL)->outcome, 5);
    assert_int_equal(run_command("info", "./missing", NULL)->outcome, 5);
    write_file("short",
               "\x7f"
               "ELF",
               4);
    assert_run(run_command("info", "short", NULL), 5, "",
               "short: 4 bytes without an ELF header.\n");
}

static void loaded_payload_is_shown_by_name(void **state)
{
    static const struct fake_entry entries[] = {
        {1, 0, "fix0", "", 0, 0},
        {2, -EBUSY, "fix1", "author=me\0b=2", 14, 0},
    };
    static const struct fake_window window = {1, 0, 2, 2};

    (void)state;
    expect_list_sizes(1, entries, 2);
    expect_list(&window, entries);
    assert_run(run_command("info", "fix1", NULL), 0,
               "name:           fix1\n"
               "state:          APPLIED\n"
               "last action:    Device or resource busy\n"
               "metadata:       author=me\n"
               "                b=2\n",
               "");
    expect_list_sizes(1, entries, 2);
    expect_list(&window, entries);
    assert_contains(run_command("info", "fix1", "--json", NULL)->out,
                    "\"name\": \"fix1\",\n"
                    "  \"state\": \"APPLIED\",\n"
                    "  \"is_busy\": false,\n"
                    "  \"error\": 16,\n"
                    "  \"metadata\": [\n");
}

static void name_that_is_not_loaded_is_exit_1(void **state)
{
    (void)state;
    expect_list_sizes(1, NULL, 0);
    assert_run(run_command("info", "fix9", NULL), 1, "",
               "fix9: no payload of this name is loaded, and no such file is "
               "there.\n");
}

static void signature_that_is_none_is_told(void **state)
{
    struct sample_elf signed_payload;

    (void)state;
    sample_payload_make(&signed_payload);
    signed_payload.sections[sample_index(&signed_payload, ".comment")].name =
        ".note.Xen.signature";
    sample_write(&signed_payload, "signed.livepatch");
    assert_contains(run_command("info", "signed.livepatch", NULL)->out,
                    "\nsignature:      malformed\n");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_sample, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(file_is_shown_with_all_that_it_says),
        TEST(file_is_reported_with_the_same),
        TEST(functions_of_a_payload_before_4_14_are_shown),
        TEST(signature_that_is_none_is_told),
        TEST(file_made_to_keep_it_busy_is_not_shown),
        TEST(name_longer_than_any_is_not_shown),
        TEST(old_function_is_located_in_xen_syms),
        TEST(payload_that_names_no_hypervisor_is_looked_up_all_the_same),
        TEST(xen_syms_of_another_build_is_exit_5),
        TEST(size_of_the_new_function_is_that_of_its_symbol),
        TEST(bytes_that_the_old_function_has_to_begin_with_are_shown),
        TEST(xen_syms_that_is_missing_is_exit_5),
        TEST(function_without_a_new_one_becomes_nops),
        TEST(name_that_leads_nowhere_is_said_to_be_none),
        TEST(payload_with_nothing_in_it_is_shown_as_that),
        TEST(special_section_without_bytes_counts_as_missing),
        TEST(file_that_is_no_elf_is_exit_5),
        TEST(loaded_payload_is_shown_by_name),
        TEST(name_that_is_not_loaded_is_exit_1),
    };

    return cmocka_run_group_tests_name("xen-livepatch info", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
