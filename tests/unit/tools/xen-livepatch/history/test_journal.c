/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the system's journal is told of deeds.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake/fake_extension.h"
#include "fake/fake_hypervisor.h"
#include "fake/fake_journal.h"
#include "fake/run_command.h"

enum {
    UPLOAD = 0,
    APPLY = 3,
    CHECKED = 1,
    APPLIED = 2,
};

static void apply(const char *name, const char *option)
{
    expect_get(name, CHECKED, 0);
    expect_action(name, APPLY, 0, 0);
    expect_get(name, APPLIED, 0);
    run_command(option, "apply", name, NULL);
}

static void deed_is_told(void **state)
{
    (void)state;
    apply("fix1", "--log=log");
    assert_int_equal(fake_journal.nr_lines, 1);
    assert_false(fake_journal.went_wrong);
    assert_string_equal(
        fake_journal.line,
        "apply \"fix1\": done [user=\"admin\" exit_status=0 errno=0]");
}

static void failure_is_told_as_one(void **state)
{
    (void)state;
    write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
    expect_upload("fix1", sample_payload, sizeof(sample_payload), -EEXIST);
    run_command("upload", "fix1", "fix1.livepatch", NULL);
    assert_true(fake_journal.went_wrong);
    assert_string_equal(
        fake_journal.line,
        "upload \"fix1\": failed [user=\"admin\" exit_status=1 errno=17]");
}

static void stop_is_told(void **state)
{
    const struct livepatch_ext_record record = {
        .cmd = APPLY, .nr_late = 3, .stop_time = 777, .name = "fix1"};

    (void)state;
    fake_extension_start(0);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    and_records(&record);
    expect_get("fix1", APPLIED, 0);
    run_command("apply", "fix1", NULL);
    assert_contains(fake_journal.line, " errno=0 stop_ns=777 nr_late=3]");
}

static void what_stops_nothing_has_no_stop(void **state)
{
    const struct livepatch_ext_record record = {.cmd = UPLOAD, .name = "fix1"};

    (void)state;
    fake_extension_start(0);
    write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
    expect_upload("fix1", sample_payload, sizeof(sample_payload), 0);
    and_records(&record);
    run_command("upload", "fix1", "fix1.livepatch", NULL);
    assert_contains(fake_journal.line, " errno=0]");
}

static void set_is_told_with_all_its_names(void **state)
{
    static const struct fake_set set = {"a\0b", 2, APPLY, 0, 2, 0, 0};

    (void)state;
    fake_extension_start(0);
    expect_get("a", CHECKED, 0);
    expect_get("b", CHECKED, 0);
    expect_action_set(&set);
    run_command("apply", "a", "b", NULL);
    assert_contains(fake_journal.line, "apply \"a\" \"b\": done [");
}

static void name_cannot_forge_the_rest_of_the_line(void **state)
{
    (void)state;
    apply("a\": done [\\\xc3", "--log=log");
    assert_contains(fake_journal.line,
                    "apply \"a\\x22: done [\\x5c\\xc3\": done [user=");
}

static void without_a_log_the_journal_is_not_told(void **state)
{
    (void)state;
    apply("fix1", "--no-log");
    assert_int_equal(fake_journal.nr_lines, 0);
}

static void what_is_not_done_is_not_told(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    run_command("-n", "apply", "fix1", NULL);
    expect_get("fix1", APPLIED, 0);
    run_command("apply", "fix1", NULL);
    assert_int_equal(fake_journal.nr_lines, 0);
}

static void full_disk_does_not_keep_the_journal_from_it(void **state)
{
    (void)state;
    apply("fix1", "--log=/dev/full");
    assert_int_equal(fake_journal.nr_lines, 1);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(deed_is_told),
        TEST(failure_is_told_as_one),
        TEST(stop_is_told),
        TEST(what_stops_nothing_has_no_stop),
        TEST(set_is_told_with_all_its_names),
        TEST(name_cannot_forge_the_rest_of_the_line),
        TEST(without_a_log_the_journal_is_not_told),
        TEST(what_is_not_done_is_not_told),
        TEST(full_disk_does_not_keep_the_journal_from_it),
    };

    return cmocka_run_group_tests_name("xen-livepatch journal", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
