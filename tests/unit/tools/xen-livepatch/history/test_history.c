/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The log of what was done and the history that is made of it.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake/fake_extension.h"
#include "fake/fake_hypervisor.h"
#include "fake/fake_machine.h"
#include "fake/run_command.h"

enum {
    UNLOAD = 1,
    APPLY = 3,
    CHECKED = 1,
    APPLIED = 2,
};

#define AT "2026-01-02T03:04:05.678Z"
#define STOCK_NOTE                                                             \
    "xen-livepatch: this hypervisor keeps no history; this is only what was "  \
    "logged in log.\n"

static int start_without_log(void **state)
{
    unlink("log");
    unlink("log.1");
    return start_fake(state);
}

static const char *read_log(void)
{
    static char text[8192];
    FILE *file = fopen("log", "r");
    size_t nr_bytes;

    assert_non_null(file);
    nr_bytes = fread(text, 1, sizeof(text) - 1, file);
    text[nr_bytes] = '\0';
    fclose(file);
    return text;
}

static const struct run *apply_logged_in(const char *path)
{
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", APPLIED, 0);
    return run_command("--log", path, "apply", "fix1", NULL);
}

static void action_is_logged_in_one_line(void **state)
{
    (void)state;
    apply_logged_in("log");
    assert_string_equal(
        read_log(),
        "{\"time\":\"" AT "\",\"user\":\"admin\",\"boot\":\"boot-1\","
        "\"command\":\"apply\",\"names\":[\"fix1\"],\"exit_status\":0,"
        "\"error\":0}\n");
}

static void refusal_is_logged_with_its_error(void **state)
{
    (void)state;
    write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
    expect_upload("fix1", sample_payload, sizeof(sample_payload), -EEXIST);
    run_command("--log", "log", "upload", "fix1", "fix1.livepatch", NULL);
    assert_contains(read_log(), "\"command\":\"upload\",\"names\":[\"fix1\"],"
                                "\"exit_status\":1,\"error\":17,"
                                "\"build_id\":null,\"depends\":null,"
                                "\"size\":64}\n");
}

static void stop_is_logged_with_the_records_number(void **state)
{
    const struct livepatch_ext_record record = {
        .cmd = APPLY, .nr_cpus = 2, .stop_time = 777, .name = "fix1"};

    (void)state;
    fake_extension_start(0);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    and_records(&record);
    expect_get("fix1", APPLIED, 0);
    run_command("--log=log", "apply", "fix1", NULL);
    assert_contains(read_log(), "\"sequence\":1,\"stop\":{\"nr_cpus\":2,"
                                "\"gather_ns\":0,\"stop_ns\":777,");
}

static void what_is_not_sent_is_not_logged(void **state)
{
    (void)state;
    expect_get("fix1", APPLIED, 0);
    run_command("--log=log", "apply", "fix1", NULL);
    expect_get("fix1", CHECKED, 0);
    run_command("--log=log", "-n", "apply", "fix1", NULL);
    assert_int_equal(access("log", F_OK), -1);
}

static void deeds_are_appended(void **state)
{
    (void)state;
    apply_logged_in("log");
    fake_machine_pass(60);
    apply_logged_in("log");
    assert_contains(read_log(), "\n{\"time\":\"2026-01-02T03:05:05.678Z\"");
}

static void folder_of_the_log_is_made(void **state)
{
    (void)state;
    assert_run(apply_logged_in("a/b/log"), 0, "Applying fix1... completed\n",
               "");
    assert_int_equal(access("a/b/log", R_OK), 0);
}

static void full_disk_is_told_after_the_action_and_exit_12(void **state)
{
    (void)state;
    assert_run(apply_logged_in("/dev/full"), 12, "Applying fix1... completed\n",
               "xen-livepatch: /dev/full: could not log this apply: No space "
               "left on device. What was done stays done. Make room, or name "
               "another file with --log.\n");
}

static void failure_counts_more_than_a_full_disk(void **state)
{
    const struct run *run;

    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EINVAL);
    run = run_command("--log=/dev/full", "apply", "fix1", NULL);
    assert_contains(run->err, "could not log this apply");
    assert_int_equal(run->outcome, 1);
}

/* A limit on the size of files cuts a write short, as a disk that fills up. */
static void half_a_line_is_taken_back(void **state)
{
    struct rlimit old;
    struct rlimit small;

    (void)state;
    apply_logged_in("log");
    getrlimit(RLIMIT_FSIZE, &old);
    small = old;
    small.rlim_cur = strlen(read_log()) + 20;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    assert_int_equal(apply_logged_in("log")->outcome, 12);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_int_equal(strlen(read_log()), small.rlim_cur - 20);
}

static void line_that_was_left_unfinished_is_ended_first(void **state)
{
    (void)state;
    write_file("log", "{\"time\":", 8);
    apply_logged_in("log");
    assert_int_equal(strncmp(read_log(), "{\"time\":\n{\"time\":", 17), 0);
    assert_run(run_command("--log=log", "history", NULL), 0,
               AT " admin apply fix1: done\n",
               STOCK_NOTE "xen-livepatch: log: 1 lines could not be "
                          "understood.\n");
}

static void folder_as_log_is_told(void **state)
{
    (void)state;
    assert_contains(apply_logged_in(".")->err,
                    "could not log this apply: Is a directory");
}

static void no_log_logs_nothing(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", APPLIED, 0);
    assert_run(run_command("--log=log", "--no-log", "apply", "fix1", NULL), 0,
               "Applying fix1... completed\n", "");
    assert_int_equal(access("log", F_OK), -1);
}

static void history_shows_what_was_logged(void **state)
{
    (void)state;
    apply_logged_in("log");
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", UNLOAD, 0, -EBUSY);
    expect_get("fix1", CHECKED, -EAGAIN);
    run_command("--log=log", "unload", "fix1", NULL);
    assert_run(run_command("--log=log", "history", NULL), 0,
               AT " admin apply fix1: done\n" AT
                  " admin unload fix1: failed (16, Device or resource busy)\n",
               STOCK_NOTE);
}

static void rotated_log_comes_first(void **state)
{
    (void)state;
    apply_logged_in("log");
    assert_int_equal(rename("log", "log.1"), 0);
    assert_run(run_command("-q", "--log=log", "history", NULL), 0,
               AT " admin apply fix1: done\n", "");
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", UNLOAD, 0, -EBUSY);
    expect_get("fix1", CHECKED, -EAGAIN);
    run_command("--log=log", "unload", "fix1", NULL);
    assert_run(run_command("-q", "--log=log", "history", NULL), 0,
               AT " admin apply fix1: done\n" AT
                  " admin unload fix1: failed (16, Device or resource busy)\n",
               "");
}

static void history_of_a_name_shows_only_that(void **state)
{
    (void)state;
    apply_logged_in("log");
    assert_run(run_command("-q", "--log=log", "history", "fix1", NULL), 0,
               AT " admin apply fix1: done\n", "");
    assert_run(run_command("-q", "--log=log", "history", "fix2", NULL), 0, "",
               "xen-livepatch: history: nothing is known of 'fix2'; did you "
               "mean 'fix1'?\n");
    assert_run(run_command("-q", "--log=log", "history", "nobody", NULL), 0, "",
               "xen-livepatch: history: nothing is known of 'nobody'.\n");
}

static void history_without_a_hypervisor_shows_the_log(void **state)
{
    (void)state;
    apply_logged_in("log");
    fake_fail_open(-ENOENT);
    assert_run(run_command("--log=log", "history", NULL), 0,
               AT " admin apply fix1: done\n",
               "xen-livepatch: no hypervisor can be asked; this is only what "
               "was logged in log.\n");
}

static void log_that_cannot_be_read_is_exit_5(void **state)
{
    (void)state;
    write_file("file", "", 0);
    assert_run(run_command("--log=file/log", "history", NULL), 5, "",
               "Could not open file/log.\nError 20: Not a directory\n");
}

static const struct livepatch_ext_record two_seconds_ago = {
    .time = 8000000000,
    .cmd = APPLY,
    .nr_payloads = 1,
    .nr_cpus = 4,
    .stop_time = 50000,
    .name = "fix\x1b",
};

static void records_of_others_follow_with_their_time(void **state)
{
    struct livepatch_ext_record late = two_seconds_ago;

    (void)state;
    late.rc = -EBUSY;
    late.stop_time = 0;
    late.nr_late = 2;
    late.nr_payloads = 3;
    fake_extension_start(10000000000);
    fake_extension_record(&two_seconds_ago);
    fake_extension_record(&late);
    assert_run(run_command("--log=log", "history", NULL), 0,
               "The hypervisor remembers of this boot also:\n"
               "2026-01-02T03:04:03.678Z ? apply fix\\x1b: done, pCPUs stood "
               "still for 50.0 us\n"
               "2026-01-02T03:04:03.678Z ? apply fix\\x1b and 2 more: failed "
               "(16, Device or resource busy), 2 pCPUs late\n",
               "");
}

static void record_that_is_in_the_log_is_shown_once(void **state)
{
    const struct livepatch_ext_record record = {
        .cmd = APPLY, .nr_cpus = 2, .stop_time = 777, .name = "fix1"};

    (void)state;
    fake_extension_start(0);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    and_records(&record);
    expect_get("fix1", APPLIED, 0);
    run_command("--log=log", "apply", "fix1", NULL);
    assert_run(run_command("--log=log", "history", NULL), 0,
               AT " admin apply fix1: done, pCPUs stood still for 777 ns\n",
               "");
}

static void record_of_another_boot_is_not_the_one_in_the_log(void **state)
{
    (void)state;
    record_that_is_in_the_log_is_shown_once(state);
    fake_machine_boot("boot-2", 5);
    assert_contains(run_command("--log=log", "history", NULL)->out,
                    "of this boot also:\n" AT " ? apply fix1: done");
}

static void history_as_json_has_both(void **state)
{
    const struct run *run;

    (void)state;
    apply_logged_in("log");
    fake_extension_start(10000000000);
    fake_extension_record(&two_seconds_ago);
    run = run_command("--json", "--log=log", "history", NULL);
    assert_contains(run->out, "\"log\": \"log\"");
    assert_contains(run->out, "\"user\": \"admin\"");
    assert_contains(run->out, "\"is_logged\": false");
    assert_contains(run->out, "\"stop_ns\": 50000");
    assert_contains(run->out, "\"exit_status\": 0");
}

static void json_says_when_it_could_not_be_logged(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", APPLIED, 0);
    assert_contains(
        run_command("--json", "--log=/dev/full", "apply", "fix1", NULL)->out,
        "\"exit_status\": 12");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_without_log, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(action_is_logged_in_one_line),
        TEST(refusal_is_logged_with_its_error),
        TEST(stop_is_logged_with_the_records_number),
        TEST(what_is_not_sent_is_not_logged),
        TEST(deeds_are_appended),
        TEST(folder_of_the_log_is_made),
        TEST(full_disk_is_told_after_the_action_and_exit_12),
        TEST(failure_counts_more_than_a_full_disk),
        TEST(half_a_line_is_taken_back),
        TEST(line_that_was_left_unfinished_is_ended_first),
        TEST(folder_as_log_is_told),
        TEST(no_log_logs_nothing),
        TEST(history_shows_what_was_logged),
        TEST(rotated_log_comes_first),
        TEST(history_of_a_name_shows_only_that),
        TEST(history_without_a_hypervisor_shows_the_log),
        TEST(log_that_cannot_be_read_is_exit_5),
        TEST(records_of_others_follow_with_their_time),
        TEST(record_that_is_in_the_log_is_shown_once),
        TEST(record_of_another_boot_is_not_the_one_in_the_log),
        TEST(history_as_json_has_both),
        TEST(json_says_when_it_could_not_be_logged),
    };

    return cmocka_run_group_tests_name("xen-livepatch history", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
