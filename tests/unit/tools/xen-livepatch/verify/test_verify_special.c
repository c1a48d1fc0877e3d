/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb verify: sections that come with code. Which records of them the
 * loader refuses is told row by row by tests/broken; here is what differs
 * between hypervisors, and what a section must be.
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

/* The first of this project's builds that take such sections. */
static void make_newer_xen(void)
{
    sample_xen_make_ours(&xen);
    sample_rename(sample_section(&xen, ".strtab"),
                  "common/livepatch/relocate.c", "common/livepatch/special.c");
}

static void empty_section_is_as_if_it_were_not_there(void **state)
{
    (void)state;
    sample_xen_make_ours(&xen);
    sample_add_section(&payload, ".alt_call_sites", 0, 0);
    sample_add_section(&payload, ".ex_table", 0, 0);
    assert_passes();
}

static void first_builds_of_this_project_support_none(void **state)
{
    static const char *const names[] = {".bug_frames.1", ".ex_table",
                                        ".altinstructions"};

    (void)state;
    sample_xen_make_ours(&xen);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char finding[96];

        sample_add_section(&payload, names[i], 0, 56);
        snprintf(finding, sizeof(finding),
                 "EOPNOTSUPP: section %s: this hypervisor does not support it",
                 names[i]);
        assert_found(finding);
    }
}

static void alternative_calls_are_xens_alone(void **state)
{
    (void)state;
    sample_add_section(&payload, ".alt_call_sites", 0, 4);
    assert_passes();
    make_newer_xen();
    sample_add_section(&payload, ".alt_call_sites", 0, 4);
    assert_found("EOPNOTSUPP: section .alt_call_sites: this hypervisor does "
                 "not support it");
}

static void shapes_are_checked(void **state)
{
    (void)state;
    make_newer_xen();
    sample_add_section(&payload, ".bug_frames.3", 0, 24);
    assert_found("EINVAL: section .bug_frames.3: 24 bytes, expected a multiple "
                 "of 16");
    sample_add_section(&payload, ".ex_table", 0, 9);
    assert_found("EINVAL: section .ex_table: 9 bytes, expected a multiple of "
                 "8");
    sample_add_section(&payload, ".ex_table", 0, 8)->header.sh_flags = 0;
    assert_found("EINVAL: section .ex_table: type 1, flags 0, expected loaded "
                 "bytes");
    sample_add_section(&payload, ".altinstr_replacement", 0, 8);
    sample_add_section(&payload, ".altinstr_replacement", 0, 8);
    assert_found("EINVAL: section .altinstr_replacement: there more than once");
}

/* From byte 0 of .ex_table to the start of the text, and 16 bytes of it. */
static void add_exception(int64_t from, int64_t to)
{
    static const char records[] = ".rela.ex_table";

    sample_add_section(&payload, ".ex_table", 0, 8);
    sample_add_relocations(&payload, records, ".ex_table");
    sample_add_relocation(&payload, records, 0, SAMPLE_NEW_FUNCTION, from);
    sample_add_relocation(&payload, records, 4, SAMPLE_NEW_FUNCTION, to);
    for (unsigned int i = 0; i < 2; i++) {
        sample_relocation(&payload, records, i)->r_info =
            ELF64_R_INFO(SAMPLE_NEW_FUNCTION, R_X86_64_PC32);
    }
}

static void exceptions_stay_in_the_text(void **state)
{
    (void)state;
    make_newer_xen();
    add_exception(0, 15);
    assert_passes();
    add_exception(0, 16);
    assert_found("EINVAL: .ex_table[0]: byte 4 leads out of the payload's "
                 "text");
    add_exception(-1, 0);
    assert_found("EINVAL: .ex_table[0]: byte 0 leads out of the payload's "
                 "text");
}

static void alternatives_have_room_and_a_feature(void **state)
{
    static const unsigned char sizes[] = {4, 5, 0};
    unsigned char *record;

    (void)state;
    make_newer_xen();
    record = sample_add_section(&payload, ".altinstructions", 0, 14)->bytes;
    memcpy(record + 10, sizes, sizeof(sizes));
    record[9] = 4; /* feature 1024 */
    assert_contains(verify()->out, "fix1.livepatch: ENOSPC: .altinstructions[0]"
                                   ": 5 bytes of code for a place of 4\n"
                                   "fix1.livepatch: ERANGE: .altinstructions[0]"
                                   ": feature 1024 of 1024\n");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_samples, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(empty_section_is_as_if_it_were_not_there),
        TEST(first_builds_of_this_project_support_none),
        TEST(alternative_calls_are_xens_alone),
        TEST(shapes_are_checked),
        TEST(exceptions_stay_in_the_text),
        TEST(alternatives_have_room_and_a_feature),
    };

    return cmocka_run_group_tests_name("xen-livepatch verify special", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
