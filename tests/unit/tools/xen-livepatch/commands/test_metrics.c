/* SPDX-License-Identifier: GPL-2.0 */
/*
 * metrics and status: what they say of the past, from the log, from sync's
 * state and from the hypervisor.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake/fake_extension.h"
#include "fake/fake_machine.h"
#include "fake/sync_samples.h"

#define AT "2026-01-02T03:04:05.678Z"

static const struct fake_entry two_applied[] = {
    {.state = APPLIED, .name = "fix2"}, {.state = APPLIED, .name = "fix1"}};

static int start_without_past(void **state)
{
    unlink("log");
    return start_sync(state);
}

static const struct run *metrics(const char *option)
{
    expect_listing(NULL, 0);
    return run_command("--log=log", "--state-dir=s", "metrics", option, NULL);
}

static void act(const char *name, uint32_t cmd, int rc)
{
    uint32_t before = cmd == APPLY ? CHECKED : APPLIED;

    expect_get(name, before, 0);
    expect_action(name, cmd, 0, rc);
    if (!rc) {
        expect_get(name, cmd == APPLY ? APPLIED : CHECKED, 0);
    } else if (cmd == REVERT && rc == -EBUSY) {
        expect_get(name, before, -EAGAIN); /* which meaning of it? */
    }
    run_command("--log=log", cmd == APPLY ? "apply" : "revert", name, NULL);
}

static void without_a_past_nothing_is_said_of_it(void **state)
{
    const struct run *run;

    (void)state;
    run = metrics(NULL);
    assert_lacks(run->out, "last_exit_status");
    assert_lacks(run->out, "stop");
    assert_lacks(run->out, "last_sync");
    assert_contains(run->out, "\nxen_livepatch_sync_held 0\n");
    assert_string_equal(run->err, "");
}

static void last_deed_is_a_metric(void **state)
{
    (void)state;
    act("fix1", APPLY, 0);
    act("fix1", REVERT, -EBUSY);
    assert_contains(metrics(NULL)->out,
                    "\nxen_livepatch_last_exit_status{"
                    "command=\"revert\",name=\"fix1\"} 2\n");
}

static void stop_is_taken_from_the_log_without_telemetry(void **state)
{
    static const char line[] =
        "{\"boot\":\"boot-1\",\"command\":\"apply\",\"names\":[\"x\"],"
        "\"stop\":{\"stop_ns\":12345}}\n"
        "{\"boot\":\"boot-1\",\"command\":\"unload\",\"names\":[\"x\"]}\n";

    (void)state;
    write_file("log", line, sizeof(line) - 1);
    assert_contains(metrics(NULL)->out,
                    "\nxen_livepatch_last_stop_seconds 1.2345e-05\n");
}

static void past_of_another_boot_is_not_this_ones(void **state)
{
    static const char line[] =
        "{\"boot\":\"boot-0\",\"command\":\"apply\",\"names\":[\"x\"],"
        "\"exit_status\":1,\"stop\":{\"stop_ns\":12345}}\n";
    const struct run *run;

    (void)state;
    write_file("log", line, sizeof(line) - 1);
    run = metrics(NULL);
    assert_lacks(run->out, "last_stop_seconds");
    assert_lacks(run->out, "last_exit_status{");
    expect_listing(NULL, 0);
    assert_lacks(run_command("--log=log", "status", NULL)->out, "failure");
}

static void stops_are_counted_by_the_hypervisor(void **state)
{
    static const struct livepatch_ext_summary summary = {
        .nr_stops = 7, .nr_missed = 2, .stop = {.nr = 7, .last = 2500}};
    const struct run *run;

    (void)state;
    fake_extension_start(0);
    fake_extension_summarize(&summary);
    run = metrics(NULL);
    assert_contains(run->out, "\nxen_livepatch_last_stop_seconds 2.5e-06\n");
    assert_contains(run->out, "# TYPE xen_livepatch_stops_total counter\n"
                              "xen_livepatch_stops_total 7\n");
    assert_contains(run->out, "\nxen_livepatch_missed_stops_total 2\n");
}

static void last_sync_and_its_age_are_metrics(void **state)
{
    const struct run *run;

    (void)state;
    expect_listing(NULL, 0);
    assert_int_equal(sync_with(NULL)->outcome, 0);
    fake_machine_pass(90);
    run = metrics(NULL);
    assert_contains(run->out, "\nxen_livepatch_last_sync_exit_status 0\n");
    assert_contains(run->out, "\nxen_livepatch_last_sync_timestamp_seconds "
                              "1767323045.678\n");
    assert_contains(run->out, "\nxen_livepatch_last_sync_age_seconds 90\n");
}

static void hold_is_a_metric(void **state)
{
    const struct run *run;

    (void)state;
    put_payload("fix1", on_xen);
    expect_listing(NULL, 0);
    expect_load("fix1");
    sync_with(NULL);
    fake_machine_boot("boot-2", 9);
    expect_listing(NULL, 0);
    sync_with(NULL);
    run = metrics(NULL);
    assert_contains(run->out, "\nxen_livepatch_sync_held 1\n");
    assert_contains(run->out, "\nxen_livepatch_last_sync_exit_status 13\n");
}

static void output_is_put_in_place_whole(void **state)
{
    char text[4096] = "";
    FILE *file;

    (void)state;
    write_file("xen.prom", "old", 3);
    assert_run(metrics("--output=xen.prom"), 0, "", "");
    file = fopen("xen.prom", "r");
    assert_true(fread(text, 1, sizeof(text) - 1, file) > 0);
    fclose(file);
    assert_int_equal(strncmp(text, "# HELP xen_livepatch_hyper", 26), 0);
    assert_contains(text, "\nxen_livepatch_sync_held 0\n");
    assert_int_equal(system("test $(ls | grep -c prom) = 1"), 0);
}

static void output_without_a_folder_is_exit_11(void **state)
{
    (void)state;
    assert_run(metrics("--output=none/xen.prom"), 11, "",
               "xen-livepatch: metrics: could not write none/xen.prom: No such "
               "file or directory. What was there before is still there.\n");
}

static void old_output_stays_when_the_hypervisor_does_not_answer(void **state)
{
    char text[8] = "";
    FILE *file;

    (void)state;
    write_file("xen.prom", "old", 3);
    expect_list_sizes_refused(-ENOMEM);
    assert_int_equal(
        run_command("metrics", "--output", "xen.prom", NULL)->outcome, 1);
    file = fopen("xen.prom", "r");
    assert_int_equal(fread(text, 1, sizeof(text), file), 3);
    fclose(file);
}

static void metrics_as_json_have_name_labels_and_value(void **state)
{
    const struct run *run;

    (void)state;
    expect_listing(two_applied, 2);
    run = run_command("--json", "metrics", NULL);
    assert_contains(run->out, "\"name\": \"xen_livepatch_payloads\"");
    assert_contains(run->out, "\"state\": \"APPLIED\"");
    assert_contains(run->out, "\"value\": 2.0");
    assert_lacks(run->out, "# HELP");
}

static void status_shows_the_stack_that_the_log_knows(void **state)
{
    (void)state;
    act("fix1", APPLY, 0);
    act("fix2", APPLY, 0);
    expect_listing(two_applied, 2);
    assert_contains(run_command("--log=log", "status", NULL)->out,
                    "\nstack:          fix1, fix2 (the newest last)\n");
    expect_listing(two_applied, 2);
    assert_contains(run_command("--log=log", "--json", "status", NULL)->out,
                    "\"stack\": [\n    \"fix1\",\n    \"fix2\"\n  ]");
}

static void stack_of_another_boot_is_not_this_ones(void **state)
{
    (void)state;
    act("fix1", APPLY, 0);
    act("fix2", APPLY, 0);
    fake_machine_boot("boot-2", 1);
    expect_listing(two_applied, 2);
    assert_contains(run_command("--log=log", "status", NULL)->out,
                    "\nstack:          not known, because not all that was "
                    "applied is in the log\n");
}

/* Another program applied it, or with this one and --no-log. */
static void record_apply(const char *name, uint32_t nr_payloads, int rc)
{
    struct livepatch_ext_record record = {
        .cmd = APPLY, .nr_payloads = nr_payloads, .rc = rc};

    snprintf(record.name, sizeof(record.name), "%s", name);
    fake_extension_record(&record);
}

static const struct run *status_of_two(void)
{
    expect_listing(two_applied, 2);
    return run_command("--log=log", "status", NULL);
}

static void stack_of_other_programs_is_known_from_records(void **state)
{
    (void)state;
    fake_extension_start(0);
    record_apply("fix1", 1, 0);
    record_apply("fix2", 1, 0);
    record_apply("fix1", 1, -EINVAL); /* nothing was done */
    assert_contains(status_of_two()->out,
                    "\nstack:          fix1, fix2 (the newest last)\n");
    record_apply("fix1", 1, 0); /* reverted meanwhile */
    assert_contains(status_of_two()->out,
                    "\nstack:          fix2, fix1 (the newest last)\n");
}

static void records_and_deeds_make_one_stack(void **state)
{
    static const char line[] =
        "{\"boot\":\"boot-1\",\"command\":\"apply\",\"names\":[\"fix1\"],"
        "\"exit_status\":0,\"sequence\":1}\n";

    (void)state;
    fake_machine_boot("boot-1", 1);
    fake_extension_start(0);
    write_file("log", line, sizeof(line) - 1);
    record_apply("fix1", 1, 0);
    record_apply("fix2", 1, 0);
    assert_contains(status_of_two()->out,
                    "\nstack:          fix1, fix2 (the newest last)\n");
}

/* Its record names one of its payloads only. */
static void set_of_another_program_makes_the_stack_unknown(void **state)
{
    (void)state;
    fake_extension_start(0);
    record_apply("fix2", 1, 0);
    record_apply("fix1", 2, 0);
    assert_contains(status_of_two()->out, "\nstack:          not known");
}

static void status_shows_what_failed_last(void **state)
{
    (void)state;
    act("fix1", REVERT, -EBUSY);
    act("fix2", APPLY, 0);
    expect_listing(two_applied, 1);
    assert_contains(run_command("--log=log", "status", NULL)->out,
                    "\nlast failure:   " AT " admin revert fix1: failed (16, "
                    "Device or resource busy)\n");
    act("fix1", APPLY, 0);
    expect_listing(two_applied, 1);
    assert_lacks(run_command("--log=log", "status", NULL)->out, "last failure");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_without_past, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_a_past_nothing_is_said_of_it),
        TEST(last_deed_is_a_metric),
        TEST(stop_is_taken_from_the_log_without_telemetry),
        TEST(past_of_another_boot_is_not_this_ones),
        TEST(stops_are_counted_by_the_hypervisor),
        TEST(last_sync_and_its_age_are_metrics),
        TEST(hold_is_a_metric),
        TEST(output_is_put_in_place_whole),
        TEST(output_without_a_folder_is_exit_11),
        TEST(old_output_stays_when_the_hypervisor_does_not_answer),
        TEST(metrics_as_json_have_name_labels_and_value),
        TEST(status_shows_the_stack_that_the_log_knows),
        TEST(stack_of_another_boot_is_not_this_ones),
        TEST(stack_of_other_programs_is_known_from_records),
        TEST(records_and_deeds_make_one_stack),
        TEST(set_of_another_program_makes_the_stack_unknown),
        TEST(status_shows_what_failed_last),
    };

    return cmocka_run_group_tests_name("xen-livepatch metrics", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
