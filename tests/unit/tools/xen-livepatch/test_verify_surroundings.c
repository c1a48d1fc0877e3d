/* SPDX-License-Identifier: GPL-2.0 */
/*
 * verify: what a payload expects around it: bytes in the hypervisor, other
 * payloads below, symbols within reach.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake_hypervisor.h"
#include "verify_samples.h"

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
    for (unsigned int i = 0; i < 16; i++) {
        Elf64_Sym *symbol = sample_symbol(&xen, i);

        if (symbol->st_shndx == sample_index(&xen, ".text")) {
            symbol->st_value = 63;
        }
    }
    assert_passes();
}

/* verify, with another payload below that has id b1 and exports `symbol`. */
static const struct run *verify_above(const char *symbol)
{
    struct sample_elf below;

    sample_payload_make(&below);
    sample_section(&below, ".note.gnu.build-id")->bytes[16] = 0xb1;
    sample_rename(sample_section(&below, ".strtab"), "new_extra_version",
                  symbol);
    sample_write(&below, "below.livepatch");
    sample_write(&payload, "fix1.livepatch");
    sample_write(&xen, "xen-syms");
    return run_command("verify", "fix1.livepatch", "--xen-syms=xen-syms",
                       "--with", "below.livepatch", NULL);
}

static void symbol_of_a_payload_below_is_there(void **state)
{
    (void)state;
    sample_rename(sample_section(&payload, ".strtab"), "printk", "helper");
    assert_int_equal(verify_above("helper")->outcome, 0);
}

static void symbol_of_no_payload_below_is_missing(void **state)
{
    (void)state;
    sample_rename(sample_section(&payload, ".strtab"), "printk", "helper");
    assert_contains(verify_above("other")->out, "ENOENT: symbol helper: ");
}

static void payload_below_is_known_by_its_build_id(void **state)
{
    (void)state;
    memcpy(sample_section(&payload, ".livepatch.depends")->bytes + 16,
           "\xb1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xaf\xb0"
           "\xb1\xb2\xb3\xb4",
           20);
    assert_int_equal(verify_above("other")->outcome, 0);
}

static void other_payload_below_than_those_given_is_found(void **state)
{
    (void)state;
    sample_section(&payload, ".livepatch.depends")->bytes[16] = 0xcc;
    assert_contains(verify_above("other")->out,
                    "EINVAL: goes on top of payload "
                    "cc02030405060708090a0b0c0d0e0f1011121314, which is none "
                    "of those below");
}

static void relocation_that_never_reaches_is_found(void **state)
{
    static const struct {
        int64_t addend;
        int passes;
    } rows[] = {
        {0, 1},
        {INT32_MAX, 1},
        {(int64_t)INT32_MAX + (1L << 30), 1},
        {(int64_t)INT32_MAX + (1L << 30) + 1, 0},
        {INT32_MIN, 1},
        {(int64_t)INT32_MIN - 1, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        sample_relocation(&payload, ".rela.text", 0)->r_addend = rows[i].addend;
        assert_int_equal(verify()->outcome, rows[i].passes ? 0 : 1);
    }
    assert_contains(verify()->out,
                    "EOVERFLOW: .rela.text[0]: 0xffffffff7fffffff is out of "
                    "reach of any place near the hypervisor");
}

static void more_types_are_taken_by_this_projects_loader(void **state)
{
    static const uint32_t types[] = {R_X86_64_32S, R_X86_64_16, R_X86_64_PC8,
                                     R_X86_64_PC64, R_X86_64_GOTPCRELX};

    (void)state;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        sample_relocation(&payload, ".rela.text", 0)->r_info =
            ELF64_R_INFO(SAMPLE_PRINTK, types[i]);
        sample_xen_make(&xen);
        assert_contains(verify()->out, "is not supported");
        sample_xen_make_ours(&xen);
        assert_int_equal(verify()->outcome, 0);
    }
}

static void absolute_field_that_cannot_hold_the_address_is_found(void **state)
{
    (void)state;
    sample_relocation(&payload, ".rela.text", 0)->r_info =
        ELF64_R_INFO(SAMPLE_PRINTK, R_X86_64_32S);
    sample_relocation(&payload, ".rela.text", 0)->r_addend =
        (int64_t)0xffff82d040200000;
    assert_contains(verify()->out,
                    "EOVERFLOW: .rela.text[0]: 0xffff82d040200000 is out of "
                    "reach");
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
        TEST(symbol_of_a_payload_below_is_there),
        TEST(symbol_of_no_payload_below_is_missing),
        TEST(payload_below_is_known_by_its_build_id),
        TEST(other_payload_below_than_those_given_is_found),
        TEST(relocation_that_never_reaches_is_found),
        TEST(more_types_are_taken_by_this_projects_loader),
        TEST(absolute_field_that_cannot_hold_the_address_is_found),
    };

    return cmocka_run_group_tests_name("xen-livepatch verify surroundings",
                                       tests, enter_scratch_folder,
                                       leave_scratch_folder);
}
