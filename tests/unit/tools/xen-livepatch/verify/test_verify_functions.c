/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb verify: what is broken in an entry of .livepatch.funcs, or between
 * two of them, is found, alone, with the loader's errno.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_hypervisor.h"
#include "fake/verify_samples.h"

#define FUNC_BYTES 104U
#define OLD_ADDR_AT 16U
#define EXPECT_AT 72U

/* The first two bytes of the old function, which are zeros in xen-syms. */
static void expect_bytes(unsigned char first, unsigned char second)
{
    unsigned char *expect =
        sample_section(&payload, ".livepatch.funcs")->bytes + EXPECT_AT;

    expect[0] = 1 | 2 << 1;
    expect[1] = first;
    expect[2] = second;
}

static void expected_bytes_that_are_there_pass(void **state)
{
    (void)state;
    expect_bytes(0, 0);
    assert_passes();
}

static void expected_bytes_that_are_not_there_are_found(void **state)
{
    (void)state;
    expect_bytes(0, 0x90);
    assert_found("EINVAL: function 0 (xen_extra_version): byte 1 of the old "
                 "function is 0x00, expected 0x90");
}

static void expectation_that_is_turned_off_is_not_looked_at(void **state)
{
    (void)state;
    expect_bytes(0x90, 0x90);
    sample_section(&payload, ".livepatch.funcs")->bytes[EXPECT_AT] &= 0xfe;
    assert_passes();
}

static void bytes_that_xen_syms_does_not_have_are_not_compared(void **state)
{
    (void)state;
    expect_bytes(0x90, 0x90);
    sample_section(&xen, ".text")->header.sh_type = SHT_NOBITS;
    assert_passes();
}

static void malformed_expectations_are_found(void **state)
{
    (void)state;
    expect_bytes(0, 0);
    sample_section(&payload, ".livepatch.funcs")->bytes[EXPECT_AT] |= 0x80;
    assert_found("EINVAL: function 0 (xen_extra_version): reserved bits of "
                 "its expectation are 2, expected 0");
    sample_section(&payload, ".livepatch.funcs")->bytes[EXPECT_AT] =
        1 | 17 << 1;
    assert_found("ERANGE: function 0 (xen_extra_version): 17 bytes are "
                 "expected of a function of 16");
}

static void set_u32(size_t offset, uint32_t number)
{
    memcpy(sample_section(&payload, ".livepatch.funcs")->bytes + offset,
           &number, sizeof(number));
}

static void functions_are_checked(void **state)
{
    (void)state;
    sample_section(&payload, ".livepatch.funcs")->bytes[32] = 1;
    assert_found("EOPNOTSUPP: function 0 (xen_extra_version): version 1, "
                 "expected 2");
    set_u32(28, 0);
    assert_found("EINVAL: function 0 (xen_extra_version): the old function has "
                 "0 bytes");
    set_u32(28, 4);
    assert_found("EINVAL: function 0 (xen_extra_version): the old function has "
                 "4 bytes, a jump needs 5");
    set_u32(28, 5);
    assert_passes();
    sample_relocation(&payload, ".rela.livepatch.funcs", 0)->r_addend = 99;
    assert_found("EINVAL: function 0 (?): its name is not in the payload");
    sample_rename(sample_section(&payload, ".rodata.str1.1"),
                  "xen_extra_version", "start_of_day");
    assert_found("ENOENT: function 0 (start_of_day): in init memory, which is "
                 "gone after boot");
    sample_rename(sample_section(&payload, ".rodata.str1.1"),
                  "xen_extra_version", "no_such_function");
    assert_found("ENOENT: function 0 (no_such_function): the hypervisor has no "
                 "function of this name");
    sample_rename(sample_section(&payload, ".rodata.str1.1"),
                  "xen_extra_version", "no_such_function");
    set_u32(16, 0x10); /* an address needs no name to be found */
    assert_passes();
    set_u32(16, 0x1000);
    assert_found("EINVAL: function 0 (xen_extra_version): 16 bytes at 0x1000 "
                 "are not text of the hypervisor");
    sample_section(&payload, ".rodata.str1.1")->bytes[0] = '\0';
    assert_found("ENOENT: function 0 (): neither name nor address of the old "
                 "function");
}

static void nops_are_checked(void **state)
{
    static const struct {
        uint32_t new_size;
        uint32_t old_size;
        const char *finding;
    } rows[] = {
        {16, 16, NULL},
        {31, 40, NULL},
        {17, 16,
         "EINVAL: function 0 (xen_extra_version): 17 bytes of NOPs in "
         "a function of 16"},
        {32, 40,
         "EOPNOTSUPP: function 0 (xen_extra_version): 32 bytes of "
         "NOPs, expected at most 31"},
        {1, 1, NULL},
        {0, 16,
         "EINVAL: function 0 (xen_extra_version): neither a new "
         "function nor NOPs"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        sample_relocation(&payload, ".rela.livepatch.funcs", 1)->r_offset = 40;
        set_u32(24, rows[i].new_size);
        set_u32(28, rows[i].old_size);
        if (rows[i].finding) {
            assert_found(rows[i].finding);
        } else {
            assert_passes();
        }
    }
}

/* The first bytes of xen_extra_version() are a landing pad. */
static void give_landing_pad(void)
{
    memcpy(sample_section(&xen, ".text")->bytes, "\xf3\x0f\x1e\xfa", 4);
}

static void jump_goes_behind_a_landing_pad(void **state)
{
    (void)state;
    give_landing_pad();
    set_u32(28, 9);
    assert_passes();
    set_u32(28, 8);
    assert_found("EINVAL: function 0 (xen_extra_version): the old function has "
                 "8 bytes, a jump needs 9");
    memcpy(sample_section(&xen, ".text")->bytes, "\x66\x0f\x1f\x01", 4);
    set_u32(28, 8);
    assert_found("EINVAL: function 0 (xen_extra_version): the old function has "
                 "8 bytes, a jump needs 9");
}

static void nops_over_a_landing_pad_alone_are_found(void **state)
{
    (void)state;
    give_landing_pad();
    sample_relocation(&payload, ".rela.livepatch.funcs", 1)->r_offset = 40;
    set_u32(24, 5);
    assert_passes();
    sample_relocation(&payload, ".rela.livepatch.funcs", 1)->r_offset = 40;
    set_u32(24, 4);
    assert_found("EINVAL: function 0 (xen_extra_version): 4 bytes of NOPs, but "
                 "the first 4 are a landing pad, which stays");
}

static void old_function_must_be_text(void **state)
{
    (void)state;
    set_u32(28, 64);
    assert_passes();
    set_u32(28, 65);
    assert_found(
        "EINVAL: function 0 (xen_extra_version): 65 bytes at 0 are not "
        "text of the hypervisor");
    sample_section(&xen, ".text")->header.sh_flags = SHF_ALLOC;
    assert_found(
        "EINVAL: function 0 (xen_extra_version): 16 bytes at 0 are not "
        "text of the hypervisor");
}

static void old_function_in_the_payload_is_found(void **state)
{
    (void)state;
    sample_add_relocation(&payload, ".rela.livepatch.funcs", OLD_ADDR_AT,
                          SAMPLE_NEW_FUNCTION, 0);
    assert_found(
        "EINVAL: function 0 (xen_extra_version): the old function lies "
        "in the payload itself");
}

/* Then its name is for messages only. */
static void old_function_may_be_a_symbol(void **state)
{
    (void)state;
    sample_add_relocation(&payload, ".rela.livepatch.funcs", OLD_ADDR_AT,
                          SAMPLE_PRINTK, 0);
    sample_rename(sample_section(&payload, ".rodata.str1.1"),
                  "xen_extra_version", "any words");
    assert_passes();
    sample_add_relocation(&payload, ".rela.livepatch.funcs", OLD_ADDR_AT,
                          SAMPLE_PRINTK, 49);
    assert_found("EINVAL: function 0 (xen_extra_version): 16 bytes at 0x31 are "
                 "not text of the hypervisor");
}

static void patching_path_cannot_be_patched(void **state)
{
    static const struct {
        int64_t offset;
        int passes;
    } rows[] = {{32, 1}, {33, 0}, {48, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        sample_xen_make_ours(&xen);
        sample_add_relocation(&payload, ".rela.livepatch.funcs", OLD_ADDR_AT,
                              SAMPLE_PRINTK, rows[i].offset);
        if (rows[i].passes) {
            assert_passes();
        } else {
            assert_found("EPERM: function 0 (xen_extra_version): part of the "
                         "patching path, which cannot be patched");
        }
    }
}

static void new_function_must_be_the_payloads_text(void **state)
{
    Elf64_Rela *record =
        sample_relocation(&payload, ".rela.livepatch.funcs", 1);

    (void)state;
    record->r_addend = 15;
    assert_passes();
    record->r_addend = 16;
    assert_found("EINVAL: function 0 (xen_extra_version): the new function is "
                 "not in the payload's text");
    record->r_info = ELF64_R_INFO(SAMPLE_STRINGS, R_X86_64_64);
    assert_found("EINVAL: function 0 (xen_extra_version): the new function is "
                 "not in the payload's text");
    record->r_info = ELF64_R_INFO(SAMPLE_PRINTK, R_X86_64_64);
    assert_passes(); /* stock Xen jumps there */
    record->r_info = ELF64_R_INFO(SAMPLE_PRINTK, R_X86_64_64);
    sample_xen_make_ours(&xen);
    assert_found("EINVAL: function 0 (xen_extra_version): the new function is "
                 "not in the payload's text");
}

/* A second entry like the first, for the bytes `offset` behind printk. */
static void add_entry(int64_t offset)
{
    struct sample_section *funcs = sample_section(&payload, ".livepatch.funcs");
    static const char records[] = ".rela.livepatch.funcs";

    memcpy(funcs->bytes + FUNC_BYTES, funcs->bytes, FUNC_BYTES);
    funcs->header.sh_size = 2UL * FUNC_BYTES;
    sample_add_relocation(&payload, records, FUNC_BYTES, SAMPLE_STRINGS, 0);
    sample_add_relocation(&payload, records, FUNC_BYTES + 8,
                          SAMPLE_NEW_FUNCTION, 0);
    if (offset >= 0) {
        sample_add_relocation(&payload, records, FUNC_BYTES + OLD_ADDR_AT,
                              SAMPLE_PRINTK, offset);
    }
}

static void changes_that_overlap_are_found(void **state)
{
    static const char finding[] =
        "EINVAL: functions 0 and 1: their changes overlap";

    (void)state;
    add_entry(5);
    assert_passes();
    add_entry(4);
    assert_found(finding);
    give_landing_pad();
    add_entry(8);
    assert_found(finding);
    add_entry(9);
    assert_passes();
}

static void one_function_twice_is_found_without_xen_syms(void **state)
{
    (void)state;
    add_entry(-1);
    sample_write(&payload, "fix1.livepatch");
    assert_contains(run_command("verify", "fix1.livepatch", NULL)->out,
                    "EINVAL: functions 0 and 1: their changes overlap\n");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_samples, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(expected_bytes_that_are_there_pass),
        TEST(expected_bytes_that_are_not_there_are_found),
        TEST(expectation_that_is_turned_off_is_not_looked_at),
        TEST(bytes_that_xen_syms_does_not_have_are_not_compared),
        TEST(malformed_expectations_are_found),
        TEST(functions_are_checked),
        TEST(nops_are_checked),
        TEST(jump_goes_behind_a_landing_pad),
        TEST(nops_over_a_landing_pad_alone_are_found),
        TEST(old_function_must_be_text),
        TEST(old_function_in_the_payload_is_found),
        TEST(old_function_may_be_a_symbol),
        TEST(patching_path_cannot_be_patched),
        TEST(new_function_must_be_the_payloads_text),
        TEST(changes_that_overlap_are_found),
        TEST(one_function_twice_is_found_without_xen_syms),
    };

    return cmocka_run_group_tests_name("xen-livepatch verify functions", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
