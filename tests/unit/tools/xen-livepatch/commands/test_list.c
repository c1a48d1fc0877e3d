/* SPDX-License-Identifier: GPL-2.0 */
/*
 * list: the table that it prints, and one true listing although the set of
 * payloads changes while it is read.
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

#define HEADING                                                                \
    " ID                                     | status     | metadata\n"        \
    "----------------------------------------+------------+---------------\n"

static const struct fake_entry three[] = {
    {1, 0, "fix1", NULL, 0, 0},
    {2, 0, "fix2", "author=me\0cve=1", 16, 0},
    {2, -16, "a-name-of-forty-columns-and-some-more-than-that", "x", 2, 0},
};

static const char three_listed[] = HEADING
    "fix1                                    | CHECKED    | \n"
    "fix2                                    | APPLIED    | author=me;cve=1\n"
    "a-name-of-forty-columns-and-some-more-than-that| APPLIED (16, Device or "
    "resource busy)    | x\n";

static void expect_window(uint32_t version, uint32_t index, uint32_t nr_asked,
                          uint32_t nr_given, const struct fake_entry *entries)
{
    const struct fake_window window = {version, index, nr_asked, nr_given};

    expect_list(&window, entries);
}

static void no_payload_is_nothing_to_list(void **state)
{
    (void)state;
    expect_list_sizes(1, NULL, 0);
    assert_run(run_command("list", NULL), 0, "Nothing to list\n", "");
}

static void one_payload_is_one_row(void **state)
{
    (void)state;
    expect_list_sizes(7, three, 1);
    expect_window(7, 0, 1, 1, three);
    assert_run(run_command("list", NULL), 0,
               HEADING
               "fix1                                    | CHECKED    | \n",
               "");
}

static void rows_show_state_result_and_metadata(void **state)
{
    (void)state;
    expect_list_sizes(7, three, 3);
    expect_window(7, 0, 3, 3, three);
    assert_run(run_command("list", NULL), 0, three_listed, "");
}

static void listing_in_pieces_is_one_table(void **state)
{
    (void)state;
    expect_list_sizes(7, three, 3);
    expect_window(7, 0, 3, 1, three);
    expect_window(7, 1, 2, 1, three);
    expect_window(7, 2, 1, 1, three);
    assert_run(run_command("list", NULL), 0, three_listed, "");
}

static void unknown_state_is_called_unknown(void **state)
{
    static const struct fake_entry entry = {9, -11, "fix1", NULL, 0, 0};

    (void)state;
    expect_list_sizes(1, &entry, 1);
    expect_window(1, 0, 1, 1, &entry);
    assert_contains(run_command("list", NULL)->out,
                    "| unknown (11, Resource temporarily unavailable)    | \n");
}

static void names_and_metadata_cannot_drive_the_terminal(void **state)
{
    static const struct fake_entry entry = {
        1, 0, "a\033[2Jb\xc2\x9b", "m\n=\033c\0\x80", 8, 0};

    (void)state;
    expect_list_sizes(1, &entry, 1);
    expect_window(1, 0, 1, 1, &entry);
    assert_run(run_command("list", NULL), 0,
               HEADING "a\\x1b[2Jb\\xc2\\x9b                       | CHECKED  "
                       "  | m\\x0a=\\x1bc;\\x80\n",
               "");
}

static void changed_version_starts_the_listing_again(void **state)
{
    (void)state;
    expect_list_sizes(7, three, 3);
    expect_window(7, 0, 3, 2, three);
    expect_window(8, 2, 1, 1, three); /* a payload came or went */
    expect_list_sizes(8, three + 1, 2);
    expect_window(8, 0, 2, 2, three + 1);
    assert_run(run_command("list", NULL), 0,
               HEADING
               "fix2                                    | APPLIED    | "
               "author=me;cve=1\n"
               "a-name-of-forty-columns-and-some-more-than-that| APPLIED (16, "
               "Device or resource busy)    | x\n",
               "");
}

/* The set shrank below our index: the hypervisor says -EINVAL for that. */
static void index_past_a_shrunken_set_starts_again(void **state)
{
    (void)state;
    expect_list_sizes(7, three, 3);
    expect_window(7, 0, 3, 2, three);
    expect_list_refused(2, 1, -EINVAL);
    expect_list_sizes(9, three, 1);
    expect_window(9, 0, 1, 1, three);
    assert_int_equal(run_command("list", NULL)->outcome, 0);
}

static void buffers_that_became_too_small_start_again(void **state)
{
    (void)state;
    expect_list_sizes(7, three, 2);
    expect_list_refused(0, 2, -ENOBUFS);
    expect_list_sizes(8, three, 3);
    expect_window(8, 0, 3, 3, three);
    assert_run(run_command("list", NULL), 0, three_listed, "");
}

static void piece_without_entries_starts_again(void **state)
{
    (void)state;
    expect_list_sizes(7, three, 3);
    expect_window(7, 0, 3, 2, three);
    expect_window(7, 2, 1, 0, three);
    expect_list_sizes(7, three, 3);
    expect_window(7, 0, 3, 3, three);
    assert_run(run_command("list", NULL), 0, three_listed, "");
}

static void last_payload_unloaded_meanwhile_is_nothing_to_list(void **state)
{
    (void)state;
    expect_list_sizes(7, three, 1);
    expect_window(8, 0, 1, 0, three);
    expect_list_sizes(8, NULL, 0);
    assert_run(run_command("list", NULL), 0, "Nothing to list\n", "");
}

static void set_that_never_rests_is_busy_and_exit_2(void **state)
{
    (void)state;
    for (uint32_t version = 1; version <= 8; version++) {
        expect_list_sizes(version, three, 3);
        expect_window(version + 1, 0, 3, 3, three);
    }
    assert_run(run_command("list", NULL), 2, "",
               "Failed to list 0/3.\n"
               "Error 16: Device or resource busy\n"
               "xen-livepatch: list: EBUSY: payloads came and went while they "
               "were listed.\n"
               "Try again.\n");
}

static void refused_size_question_is_an_error(void **state)
{
    (void)state;
    expect_list_sizes_refused(-EPERM);
    assert_run(run_command("list", NULL), 1, "",
               "Failed to get list sizes.\n"
               "Error 1: Operation not permitted\n"
               "xen-livepatch: list: EPERM: this domain is not allowed to do "
               "it (not dom0, or forbidden by the hypervisor's security "
               "policy).\n");
}

static void other_interface_version_is_explained(void **state)
{
    (void)state;
    expect_list_sizes_refused(-EACCES);
    assert_contains(run_command("list", NULL)->err,
                    "Error 13: Permission denied\n"
                    "xen-livepatch: list: EACCES: the hypervisor's sysctl "
                    "interface version is not the one that was found at the "
                    "start.\n");
}

static void hypervisor_without_live_patching_is_explained(void **state)
{
    (void)state;
    expect_list_sizes_refused(-ENOSYS);
    assert_contains(run_command("list", NULL)->err,
                    "built without live patching");
}

static void refused_piece_is_an_error_that_counts(void **state)
{
    const struct run *run;

    (void)state;
    expect_list_sizes(7, three, 3);
    expect_window(7, 0, 3, 1, three);
    expect_list_refused(1, 2, -EFAULT);
    run = run_command("list", NULL);
    assert_run(run, 1, "", "Failed to list 1/3.\nError 14: Bad address\n");
}

static void first_piece_with_bad_arguments_is_an_error(void **state)
{
    (void)state;
    expect_list_sizes(7, three, 3);
    expect_list_refused(0, 3, -EINVAL);
    assert_run(run_command("list", NULL), 1, "",
               "Failed to list 0/3.\nError 22: Invalid argument\n");
}

static unsigned int nr_lines(const char *text)
{
    unsigned int nr = 0;

    for (; *text; text++) {
        nr += *text == '\n';
    }
    return nr;
}

static void too_large_a_piece_is_halved(void **state)
{
    static struct fake_entry many[1500];
    const struct run *run;

    (void)state;
    for (size_t i = 0; i < 1500; i++) {
        many[i] = (struct fake_entry){1, 0, "p", NULL, 0, 0};
    }
    expect_list_sizes(7, many, 1500);
    expect_list_refused(0, 1024, -E2BIG);
    expect_window(7, 0, 512, 512, many);
    expect_window(7, 512, 512, 512, many);
    expect_window(7, 1024, 476, 476, many);
    run = run_command("list", NULL);
    assert_int_equal(run->outcome, 0);
    assert_int_equal(nr_lines(run->out), 2 + 1500);
}

static void piece_that_is_too_large_even_as_one_is_an_error(void **state)
{
    (void)state;
    expect_list_sizes(7, three, 3);
    for (uint32_t nr_max = 1024; nr_max; nr_max /= 2) {
        expect_list_refused(0, nr_max < 3 ? nr_max : 3, -E2BIG);
    }
    assert_contains(run_command("list", NULL)->err, "Error 7: ");
}

static void answer_that_contradicts_itself_is_refused(void **state)
{
    static const struct fake_entry long_name = {1, 0, "p", NULL, 0, 129};
    static const struct fake_entry long_metadata = {1, 0, "p", NULL, 70000, 0};
    static const struct fake_entry *const rows[] = {&long_name, &long_metadata};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        fake_reset();
        expect_list_sizes(7, three, 1);
        expect_window(7, 0, 1, 1, rows[i]);
        assert_run(run_command("list", NULL), 1, "",
                   "Failed to list 0/1.\n"
                   "Error 74: Bad message\n"
                   "xen-livepatch: list: EBADMSG: the hypervisor's answer "
                   "contradicts itself.\n");
        fake_verify();
    }
}

static void name_longer_than_any_name_is_refused(void **state)
{
    static const struct fake_entry entries[] = {{1, 0, "p", NULL, 0, 129},
                                                {1, 0, "q", NULL, 0, 0}};

    (void)state;
    expect_list_sizes(7, entries, 2);
    expect_window(7, 0, 2, 2, entries);
    assert_contains(run_command("list", NULL)->err, "Error 74: ");
}

static void more_entries_than_asked_for_are_refused(void **state)
{
    (void)state;
    expect_list_sizes(7, three, 1);
    expect_window(7, 0, 1, 2, three);
    assert_contains(run_command("list", NULL)->err, "Error 74: ");
}

static void missing_memory_for_any_buffer_is_an_error(void **state)
{
    unsigned int nth = 1;
    bool did_fail;

    (void)state;
    do {
        const struct run *run;

        fake_reset();
        fake_fail_allocation(nth);
        expect_list_sizes(7, three, 3);
        if (nth > 5) {
            expect_window(7, 0, 3, 3, three);
        }
        run = run_command("list", NULL);
        did_fail = fake_did_allocation_fail();
        assert_int_equal(run->outcome, did_fail ? 1 : 0);
        fake_verify();
        nth++;
    } while (did_fail);
    assert_int_equal(nth, 7); /* five buffers, then it succeeds */
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(no_payload_is_nothing_to_list),
        TEST(one_payload_is_one_row),
        TEST(rows_show_state_result_and_metadata),
        TEST(listing_in_pieces_is_one_table),
        TEST(unknown_state_is_called_unknown),
        TEST(names_and_metadata_cannot_drive_the_terminal),
        TEST(changed_version_starts_the_listing_again),
        TEST(index_past_a_shrunken_set_starts_again),
        TEST(buffers_that_became_too_small_start_again),
        TEST(piece_without_entries_starts_again),
        TEST(last_payload_unloaded_meanwhile_is_nothing_to_list),
        TEST(set_that_never_rests_is_busy_and_exit_2),
        TEST(refused_size_question_is_an_error),
        TEST(other_interface_version_is_explained),
        TEST(hypervisor_without_live_patching_is_explained),
        TEST(refused_piece_is_an_error_that_counts),
        TEST(first_piece_with_bad_arguments_is_an_error),
        TEST(too_large_a_piece_is_halved),
        TEST(piece_that_is_too_large_even_as_one_is_an_error),
        TEST(answer_that_contradicts_itself_is_refused),
        TEST(name_longer_than_any_name_is_refused),
        TEST(more_entries_than_asked_for_are_refused),
        TEST(missing_memory_for_any_buffer_is_an_error),
    };

    return cmocka_run_group_tests_name("xen-livepatch list", tests, NULL, NULL);
}
