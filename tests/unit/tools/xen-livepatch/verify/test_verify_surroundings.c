/* SPDX-License-Identifier: GPL-2.0 */
/*
 * verify: what a payload expects around it: other payloads below, symbols
 * within reach.
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

/* verify, with another payload below that has id b1 and exports `symbol`. */
static const struct run *verify_above(const char *symbol)
{
    struct sample_elf below;

    sample_payload_make(&below);
    sample_section(&below, ".note.gnu.build-id")->bytes[16] = 0xb1;
    sample_add_symbol(&below, symbol, STB_GLOBAL, ".text", 4);
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

static void replacement_in_a_payload_below_is_not_for_others(void **state)
{
    (void)state;
    sample_rename(sample_section(&payload, ".strtab"), "printk", "helper");
    sample_symbol(&payload, SAMPLE_PRINTK)->st_name =
        sample_symbol(&payload, SAMPLE_NEW_FUNCTION)->st_name;
    assert_contains(verify_above("other")->out,
                    "ENOENT: symbol new_extra_version: ");
}

static void name_of_a_payload_below_is_not_free(void **state)
{
    (void)state;
    sample_add_symbol(&payload, "helper", STB_GLOBAL, ".text", 4);
    assert_contains(verify_above("helper")->out,
                    "EEXIST: symbol helper: below.livepatch has one too\n");
}

static void function_of_a_payload_below_can_be_replaced(void **state)
{
    (void)state;
    sample_rename(sample_section(&payload, ".rodata.str1.1"),
                  "xen_extra_version", "helper");
    assert_int_equal(verify_above("helper")->outcome, 0);
}

static void build_id_of_a_payload_below_is_taken(void **state)
{
    (void)state;
    sample_section(&payload, ".note.gnu.build-id")->bytes[16] = 0xb1;
    assert_contains(verify_above("other")->out,
                    "EEXIST: has the build-id of below.livepatch\n");
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
                    "EOVERFLOW: .rela.text[0]: type 4 cannot hold "
                    "0xffffffff7fffffff, wherever the payload is\n");
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
    static const struct {
        uint32_t type;
        int64_t addend;
        int passes;
    } rows[] = {
        {R_X86_64_32, UINT32_MAX, 1},
        {R_X86_64_32, UINT32_MAX + 1L, 0},
        {R_X86_64_32, -1, 0},
        {R_X86_64_32S, INT32_MAX, 1},
        {R_X86_64_32S, INT32_MIN, 1},
        {R_X86_64_32S, INT32_MAX + 1L, 0},
        {R_X86_64_32S, INT32_MIN - 1L, 0},
        {R_X86_64_16, UINT16_MAX, 1},
        {R_X86_64_16, INT16_MIN, 1},
        {R_X86_64_16, UINT16_MAX + 1, 0},
        {R_X86_64_8, UINT8_MAX, 1},
        {R_X86_64_8, UINT8_MAX + 1, 0},
        {R_X86_64_8, INT8_MIN - 1, 0},
    };

    (void)state;
    sample_xen_make_ours(&xen);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        Elf64_Rela *record = sample_relocation(&payload, ".rela.text", 0);

        record->r_info = ELF64_R_INFO(SAMPLE_PRINTK, rows[i].type);
        record->r_addend = rows[i].addend;
        assert_int_equal(verify()->outcome, rows[i].passes ? 0 : 1);
    }
}

/* The hypervisor and its payloads lie high; what they are near is known. */
static void own_address_in_an_absolute_field_is_found(void **state)
{
    (void)state;
    sample_xen_make_ours(&xen);
    sample_section(&xen, ".text")->header.sh_addr = 0xffff82d040200000;
    sample_section(&xen, ".init.text")->header.sh_addr = 0xffff82d040300000;
    sample_section(&xen, ".note.gnu.build-id")->header.sh_addr =
        0xffff82d040400000;
    sample_symbol(&xen, 5)->st_value = 0xffff82d040200000;
    sample_relocation(&payload, ".rela.text", 0)->r_info =
        ELF64_R_INFO(SAMPLE_NEW_FUNCTION, R_X86_64_32S);
    assert_contains(verify()->out,
                    "EOVERFLOW: .rela.text[0]: type 11 cannot hold "
                    "0xffff82d040200000 or more, wherever the payload is\n");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_samples, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(symbol_of_a_payload_below_is_there),
        TEST(symbol_of_no_payload_below_is_missing),
        TEST(replacement_in_a_payload_below_is_not_for_others),
        TEST(name_of_a_payload_below_is_not_free),
        TEST(function_of_a_payload_below_can_be_replaced),
        TEST(build_id_of_a_payload_below_is_taken),
        TEST(payload_below_is_known_by_its_build_id),
        TEST(other_payload_below_than_those_given_is_found),
        TEST(relocation_that_never_reaches_is_found),
        TEST(more_types_are_taken_by_this_projects_loader),
        TEST(absolute_field_that_cannot_hold_the_address_is_found),
        TEST(own_address_in_an_absolute_field_is_found),
    };

    return cmocka_run_group_tests_name("xen-livepatch verify surroundings",
                                       tests, enter_scratch_folder,
                                       leave_scratch_folder);
}
