/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb check: a plugin's line and its four exit statuses, and what the
 * command finds out for it.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake/fake_extension.h"
#include "fake/fake_machine.h"
#include "fake/sync_samples.h"

#define IDS(own) ((struct sample_ids){own, THIS_XEN, THIS_XEN})
#define NUMBERS " held_back=0 not_applied=0 needs_boot=0 on_trial=0 late=0\n"

static const struct fake_entry applied = {.state = APPLIED, .name = "fix1"};
static const struct fake_entry failed = {
    .state = CHECKED, .rc = -EBUSY, .name = "fix1"};

static int start(void **state)
{
    unlink("log");
    return start_sync(state);
}

/* check over the folder d and the state s, with an option and its value. */
static const struct run *check_with(const char *option, const char *value)
{
    return run_command("--log=log", "--state-dir=s", "check", "--dir=d", option,
                       value, NULL);
}

static const struct run *check_of(const struct fake_entry *entry)
{
    expect_listing(entry, entry != NULL);
    return check_with(NULL, NULL);
}

static void all_well_is_exit_0(void **state)
{
    (void)state;
    put_payload("fix1", IDS(0x20));
    assert_run(check_of(&applied), 0,
               "LIVEPATCH OK - 1 payload applied, nothing needs attention | "
               "payloads=1 applied=1" NUMBERS,
               "");
}

static void nothing_at_all_is_exit_0(void **state)
{
    (void)state;
    assert_run(check_of(NULL), 0,
               "LIVEPATCH OK - 0 payloads applied, nothing needs attention | "
               "payloads=0 applied=0" NUMBERS,
               "");
}

static void payload_that_is_not_applied_is_exit_1(void **state)
{
    (void)state;
    put_payload("fix1", IDS(0x20));
    assert_run(check_of(NULL), 1,
               "LIVEPATCH WARNING - not-applied fix1: d/fix1.livepatch is for "
               "this hypervisor, and not applied | payloads=0 applied=0 "
               "held_back=0 not_applied=1 needs_boot=0 on_trial=0 late=0\n",
               "");
}

/* The machine went down with fix1 on trial; nobody has synced since. */
static void crash(void)
{
    put_payload("fix1", IDS(0x20));
    expect_listing(NULL, 0);
    expect_load("fix1");
    assert_int_equal(sync_with(NULL)->outcome, 0);
    fake_machine_boot("boot-2", 9);
}

static void crash_is_exit_2_before_any_sync(void **state)
{
    const struct run *run;

    (void)state;
    crash();
    run = check_of(NULL);
    assert_int_equal(run->outcome, 2);
    assert_contains(run->out, "LIVEPATCH CRITICAL - held-back");
    assert_contains(run->out, " held_back=1 ");
    expect_listing(NULL, 0);
    assert_int_equal(sync_with(NULL)->outcome, 13);
    assert_int_equal(check_of(NULL)->outcome, 2);
}

static void check_writes_nothing(void **state)
{
    (void)state;
    crash();
    assert_int_equal(system("cp s/sync.json before"), 0);
    check_of(NULL);
    assert_int_equal(system("cmp before s/sync.json"), 0);
    assert_int_equal(access("log", F_OK), -1);
}

static void trial_is_noted_in_the_line(void **state)
{
    const struct run *run;

    (void)state;
    put_payload("fix1", IDS(0x20));
    expect_listing(NULL, 0);
    expect_load("fix1");
    sync_with(NULL);
    run = check_of(&applied);
    assert_int_equal(run->outcome, 0);
    assert_contains(run->out, "nothing needs attention; on-trial | ");
    fake_machine_pass(601);
    assert_contains(check_of(&applied)->out, "needs attention | ");
}

static void stops_are_numbers_of_the_line(void **state)
{
    static const struct livepatch_ext_summary summary = {
        .nr_stops = 7, .nr_missed = 2, .stop = {.nr = 7, .last = 12005}};
    static const char line[] =
        "{\"boot\":\"boot-1\",\"command\":\"apply\",\"names\":[\"x\"],"
        "\"exit_status\":0,\"stop\":{\"nr_late\":3}}\n";

    (void)state;
    write_file("log", line, sizeof(line) - 1);
    fake_extension_start(0);
    fake_extension_summarize(&summary);
    assert_contains(check_of(NULL)->out,
                    " last_stop=12.005us late=3 stops=7c missed_stops=2c\n");
}

static void hypervisor_that_cannot_be_asked_is_exit_3(void **state)
{
    (void)state;
    fake_fail_open(-ENOENT);
    assert_run(check_with(NULL, NULL), 3,
               "LIVEPATCH UNKNOWN - Could not open the hypervisor interface "
               "/dev/xen/privcmd.; Error 2: No such file or directory; "
               "xen-livepatch: this must run as root in dom0, with the kernel "
               "module xen-privcmd loaded.\n",
               "");
}

static void hypervisor_without_live_patching_is_exit_3(void **state)
{
    const struct run *run;

    (void)state;
    fake_answer_first_question(-ENOSYS);
    expect_list_sizes_refused(-ENOSYS);
    run = check_with(NULL, NULL);
    assert_int_equal(run->outcome, 3);
    assert_contains(run->out, "LIVEPATCH UNKNOWN - Error 38: ");
    assert_contains(run->out, "built without live patching");
}

static void ignored_code_is_only_noted(void **state)
{
    const struct run *run;

    (void)state;
    expect_listing(&failed, 1);
    run = check_with("--ignore", "failed");
    assert_int_equal(run->outcome, 0);
    assert_contains(run->out, "LIVEPATCH OK - 0 payloads applied, nothing "
                              "needs attention; failed fix1 | ");
}

static void weight_of_a_code_is_the_admins(void **state)
{
    (void)state;
    expect_listing(&failed, 1);
    assert_int_equal(check_with("--critical", "failed")->outcome, 2);
    crash();
    expect_listing(NULL, 0);
    assert_int_equal(check_with("--warning", "held-back")->outcome, 1);
}

static void word_that_is_no_code_is_exit_3_with_all_codes(void **state)
{
    const struct run *run;

    (void)state;
    run = check_with("--ignore", "held");
    assert_int_equal(run->outcome, 3);
    assert_contains(run->err, "'held' is no code. There are:\n");
    assert_contains(run->err, "  held-back         sync holds payloads back "
                              "after a crash\n");
}

static void report_has_the_status_and_the_list(void **state)
{
    const struct run *run;

    (void)state;
    expect_listing(&failed, 1);
    run = check_with("--json", NULL);
    assert_int_equal(run->outcome, 1);
    assert_contains(run->out, "\"status\": \"WARNING\",\n"
                              "  \"attention\": [\n"
                              "    {\n"
                              "      \"code\": \"failed\",\n"
                              "      \"level\": \"warning\",\n"
                              "      \"name\": \"fix1\",\n");
    assert_contains(run->out, "\"exit_status\": 1\n");
    assert_lacks(run->out, "LIVEPATCH");
    assert_lacks(run->out, "\"failure\"");
    fake_fail_open(-EACCES);
    run = check_with("--json", NULL);
    assert_contains(run->out,
                    "\"status\": \"UNKNOWN\",\n  \"reason\": \"Could");
    assert_contains(run->out, "\"exit_status\": 3\n");
    assert_lacks(run->out, "\"failure\"");
    run = check_with("--json", "--ignore=sense");
    assert_contains(run->out, "\"code\": \"bad-usage\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_well_is_exit_0),
        TEST(nothing_at_all_is_exit_0),
        TEST(payload_that_is_not_applied_is_exit_1),
        TEST(crash_is_exit_2_before_any_sync),
        TEST(check_writes_nothing),
        TEST(trial_is_noted_in_the_line),
        TEST(stops_are_numbers_of_the_line),
        TEST(hypervisor_that_cannot_be_asked_is_exit_3),
        TEST(hypervisor_without_live_patching_is_exit_3),
        TEST(ignored_code_is_only_noted),
        TEST(weight_of_a_code_is_the_admins),
        TEST(word_that_is_no_code_is_exit_3_with_all_codes),
        TEST(report_has_the_status_and_the_list),
    };

    return cmocka_run_group_tests_name("xen-livepatch check", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
