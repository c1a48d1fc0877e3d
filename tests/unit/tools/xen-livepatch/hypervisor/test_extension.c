/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What only this project's hypervisor has: how long the pCPUs were stopped,
 * which were late, several payloads in one stop; and what is said and done on a
 * hypervisor without it.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_extension.h"
#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"
#include "hypervisor/extension.h"

enum {
    REVERT = 2,
    APPLY = 3,
    CHECKED = 1,
    APPLIED = 2,
};

static const struct livepatch_ext_record stopped = {
    .cmd = APPLY,
    .nr_payloads = 1,
    .nr_cpus = 4,
    .gather_time = 180000,
    .stop_time = 12345,
    .total_time = 200000,
    .name = "fix1",
};

static const struct livepatch_ext_record missed = {
    .cmd = APPLY,
    .rc = -EBUSY,
    .nr_payloads = 1,
    .nr_late = 3,
    .gather_time = 30000000,
    .late_mask = 0xe,
    .name = "fix1",
    .late = {{1, LIVEPATCH_EXT_IN_GUEST, 0, 1, 0x1000},
             {2, LIVEPATCH_EXT_IN_HYPERVISOR, 0, UINT32_MAX, 0xffff82d0},
             {3, LIVEPATCH_EXT_IN_UNKNOWN, 0, UINT32_MAX, 0}},
};

static void expect_apply(const struct livepatch_ext_record *record,
                         uint32_t state, int32_t rc)
{
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    and_records(record);
    expect_get("fix1", state, rc);
}

static void length_of_the_stop_is_told(void **state)
{
    (void)state;
    fake_extension_start(0);
    expect_apply(&stopped, APPLIED, 0);
    assert_run(run_command("apply", "fix1", NULL), 0,
               "Applying fix1... completed\n"
               "  4 pCPUs stood still for 12.3 us, 180.0 us after the call\n",
               "");
}

static void quiet_tells_no_length(void **state)
{
    (void)state;
    fake_extension_start(0);
    expect_apply(&stopped, APPLIED, 0);
    assert_run(run_command("-q", "apply", "fix1", NULL), 0, "", "");
}

static void records_of_others_are_not_ours(void **state)
{
    struct livepatch_ext_record other = stopped;

    (void)state;
    strcpy(other.name, "fix2");
    fake_extension_start(0);
    expect_apply(&other, APPLIED, 0);
    assert_run(run_command("apply", "fix1", NULL), 0,
               "Applying fix1... completed\n", "");
}

static void records_from_before_are_not_ours(void **state)
{
    (void)state;
    fake_extension_start(0);
    fake_extension_record(&stopped);
    expect_apply(NULL, APPLIED, 0);
    assert_run(run_command("apply", "fix1", NULL), 0,
               "Applying fix1... completed\n", "");
}

static void newest_record_is_found_behind_more_than_one_reading(void **state)
{
    (void)state;
    fake_extension_start(0);
    for (int i = 0; i < 512; i++) {
        fake_extension_record(&missed);
    }
    expect_apply(&stopped, APPLIED, 0);
    assert_contains(run_command("apply", "fix1", NULL)->out,
                    "4 pCPUs stood still for 12.3 us");
}

static void late_pcpus_are_named_with_what_they_did(void **state)
{
    const struct run *run;

    (void)state;
    fake_extension_start(0);
    expect_apply(&missed, CHECKED, -EBUSY);
    run = run_command("apply", "fix1", NULL);
    assert_contains(run->err,
                    "xen-livepatch: 3 pCPUs had not arrived after 30.0 ms:\n"
                    "  pCPU 1: in the guest, vCPU 1 of domain 0, at 0x1000\n"
                    "  pCPU 2: in the hypervisor, for no vCPU, at 0xffff82d0\n"
                    "  pCPU 3: its NMI was never taken\n");
    assert_int_equal(run->outcome, 2);
}

static void late_pcpus_without_a_description_are_numbered(void **state)
{
    struct livepatch_ext_record record = missed;

    (void)state;
    record.nr_late = 10;
    record.late_mask = 0x3ff;
    for (uint32_t i = 0; i < LIVEPATCH_EXT_MAX_LATE; i++) {
        record.late[i] = (struct livepatch_ext_late){
            i, LIVEPATCH_EXT_IN_UNKNOWN, 0, UINT32_MAX, 0};
    }
    fake_extension_start(0);
    expect_apply(&record, CHECKED, -EBUSY);
    assert_contains(run_command("apply", "fix1", NULL)->err,
                    "  pCPU 7: its NMI was never taken\n"
                    "  also late: pCPU 8, 9\n");
}

static void shorter_record_of_an_older_hypervisor_is_understood(void **state)
{
    (void)state;
    fake_extension_start(0);
    fake_extension_knows_bytes(offsetof(struct livepatch_ext_record, late));
    expect_apply(&missed, CHECKED, -EBUSY);
    assert_contains(run_command("apply", "fix1", NULL)->err,
                    "xen-livepatch: 3 pCPUs had not arrived after 30.0 ms:\n"
                    "  pCPU 0: its NMI was never taken\n");
}

static void stop_is_in_the_report(void **state)
{
    const struct run *run;

    (void)state;
    fake_extension_start(0);
    expect_apply(&missed, CHECKED, -EBUSY);
    run = run_command("--json", "apply", "fix1", NULL);
    assert_contains(run->out, "\"gather_ns\": 30000000");
    assert_contains(run->out, "\"nr_late\": 3");
    assert_contains(run->out, "\"where\": \"guest\"");
    assert_contains(run->out, "\"address\": \"0x1000\"");
}

static void verbose_says_that_stock_tells_no_length(void **state)
{
    (void)state;
    expect_apply(NULL, APPLIED, 0);
    assert_run(run_command("-v", "apply", "fix1", NULL), 0,
               "Applying fix1... completed\n",
               "xen-livepatch: this hypervisor does not tell how long the "
               "pCPUs are stopped.\n");
}

static void set_is_applied_in_one_stop(void **state)
{
    struct livepatch_ext_record record = stopped;

    (void)state;
    record.nr_payloads = 3;
    fake_extension_start(0);
    expect_get("fix1", CHECKED, 0);
    expect_get("fix2", CHECKED, 0);
    expect_get("fix3", CHECKED, 0);
    expect_action_set(&(struct fake_set){
        .names = "fix1\0fix2\0fix3", .nr = 3, .cmd = APPLY, .failed = 3});
    and_records(&record);
    assert_run(run_command("apply", "fix1", "fix2", "fix3", NULL), 0,
               "Applying fix1, fix2, fix3 in one stop... completed\n"
               "  4 pCPUs stood still for 12.3 us, 180.0 us after the call\n",
               "");
}

static void flag_of_a_set_may_stand_anywhere(void **state)
{
    (void)state;
    fake_extension_start(0);
    expect_get("fix1", CHECKED, 0);
    expect_get("fix2", CHECKED, 0);
    expect_action_set(&(struct fake_set){
        .names = "fix1\0fix2", .nr = 2, .cmd = APPLY, .flags = 1, .failed = 2});
    assert_run(run_command("apply", "fix1", "--nodeps", "fix2", NULL), 0,
               "Applying fix1, fix2 in one stop... completed\n", "");
}

static void what_is_applied_already_is_left_out_of_the_set(void **state)
{
    (void)state;
    fake_extension_start(0);
    expect_get("fix1", APPLIED, 0);
    expect_get("fix2", CHECKED, 0);
    expect_action_set(&(struct fake_set){
        .names = "fix2", .nr = 1, .cmd = APPLY, .failed = 1});
    assert_run(run_command("apply", "fix1", "fix2", NULL), 0,
               "fix1: No action needed.\n"
               "Applying fix2 in one stop... completed\n",
               "");
}

static void set_with_nothing_to_do_is_done(void **state)
{
    (void)state;
    fake_extension_start(0);
    expect_get("fix1", CHECKED, 0);
    expect_get("fix2", CHECKED, 0);
    assert_run(run_command("revert", "fix1", "fix2", NULL), 0,
               "fix1: No action needed.\nfix2: No action needed.\n", "");
}

static void refused_set_names_the_payload_that_is_the_reason(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = APPLIED, .name = "fix1"},
        {.state = APPLIED, .name = "fix2"},
        {.state = APPLIED, .name = "fix3"}};
    const struct run *run;

    (void)state;
    fake_extension_start(0);
    expect_get("fix1", APPLIED, 0);
    expect_get("fix2", APPLIED, 0);
    expect_action_set(&(struct fake_set){.names = "fix1\0fix2",
                                         .nr = 2,
                                         .cmd = REVERT,
                                         .failed = 1,
                                         .rc = -EBUSY});
    expect_get("fix2", APPLIED, 0);
    expect_list_sizes(1, entries, 3);
    expect_list(&(struct fake_window){1, 0, 3, 3}, entries);
    run = run_command("revert", "fix1", "fix2", NULL);
    assert_string_equal(run->out,
                        "Reverting fix1, fix2 in one stop... failed\n");
    assert_contains(run->err, "None of them was changed.\n"
                              "Error 16: Device or resource busy\n"
                              "xen-livepatch: revert of fix2: EBUSY: another "
                              "payload was applied after this one");
    assert_int_equal(run->outcome, 16);
}

static void set_that_missed_its_deadline_is_exit_2(void **state)
{
    const struct run *run;

    (void)state;
    fake_extension_start(0);
    expect_get("fix1", CHECKED, 0);
    expect_get("fix2", CHECKED, 0);
    expect_action_set(&(struct fake_set){.names = "fix1\0fix2",
                                         .nr = 2,
                                         .cmd = APPLY,
                                         .failed = 2,
                                         .result = -EBUSY});
    and_records(&missed);
    run = run_command("apply", "fix1", "fix2", NULL);
    assert_contains(run->err, "the pCPUs did not meet in time");
    assert_contains(run->err, "  pCPU 3: its NMI was never taken\n");
    assert_int_equal(run->outcome, 2);
}

static void set_is_tried_again_when_it_was_busy(void **state)
{
    const struct fake_set set = {
        .names = "fix1\0fix2", .nr = 2, .cmd = APPLY, .failed = 2};
    struct fake_set busy = set;

    (void)state;
    busy.result = -EBUSY;
    fake_extension_start(0);
    for (int i = 0; i < 2; i++) {
        expect_get("fix1", CHECKED, i ? -EBUSY : 0);
        expect_get("fix2", CHECKED, i ? -EBUSY : 0);
        expect_action_set(i ? &set : &busy);
    }
    assert_int_equal(
        run_command("--retries=1", "apply", "fix1", "fix2", NULL)->outcome, 0);
}

static void payload_of_a_set_that_is_not_loaded_is_named(void **state)
{
    const struct run *run;

    (void)state;
    fake_extension_start(0);
    expect_get("fix1", CHECKED, 0);
    expect_get_refused("fix2", -ENOENT);
    expect_list_sizes(1, NULL, 0);
    run = run_command("apply", "fix1", "fix2", NULL);
    assert_contains(run->err, "Failed to get status of fix2.\n");
    assert_int_equal(run->outcome, 1);
}

static void bad_set_is_refused_unsent(void **state)
{
    (void)state;
    assert_run(run_command("apply", "fix1", "fix2", "fix1", NULL), 3, "",
               "apply: fix1 is there twice.\n");
    assert_run(run_command("apply", "fix1", "", NULL), 4, "",
               "ID must be 1 to 127 characters long, it has 0.\n");
}

static void stock_applies_one_after_the_other(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", APPLIED, 0);
    expect_get("fix2", CHECKED, 0);
    expect_action("fix2", APPLY, 0, 0);
    expect_get("fix2", APPLIED, 0);
    assert_run(run_command("apply", "fix1", "fix2", NULL), 0,
               "Applying fix1... completed\nApplying fix2... completed\n",
               "xen-livepatch: this hypervisor cannot apply several payloads "
               "in one stop: one after the other.\n");
}

static void stock_ends_at_the_first_failure(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EINVAL);
    assert_int_equal(run_command("apply", "fix1", "fix2", NULL)->outcome, 1);
}

static void stock_reverts_the_newest_first(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = APPLIED, .name = "fix1"},
        {.state = APPLIED, .name = "fix2"},
        {.state = APPLIED, .name = "fix3"},
    };
    static const struct fake_window window = {1, 0, 3, 3};
    static const char *const order[] = {"fix3", "fix2", "fix1"};

    (void)state;
    expect_list_sizes(1, entries, 3);
    expect_list(&window, entries);
    for (int i = 0; i < 3; i++) {
        expect_get(order[i], APPLIED, 0);
        expect_action(order[i], REVERT, 0, 0);
        expect_get(order[i], CHECKED, 0);
    }
    assert_string_equal(
        run_command("revert", "fix1", "fix3", "fix2", NULL)->out,
        "Reverting fix3... completed\n"
        "Reverting fix2... completed\n"
        "Reverting fix1... completed\n");
}

static void time_of_the_hypervisor_is_a_time_of_day(void **state)
{
    static const struct {
        uint64_t ns;
        int64_t wall_ms;
    } rows[] = {
        {5000000000, 1000000}, /* that moment */
        {4000000000, 999000},
        {4999000001, 1000000}, /* less than a ms before it */
        {0, 995000},
        {5000000001, 1000000}, /* the clock was read before: not later */
        {UINT64_MAX, 1000000},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(extension_wall_ms(rows[i].ns, 5000000000, 1000000),
                         rows[i].wall_ms);
    }
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(time_of_the_hypervisor_is_a_time_of_day),
        TEST(length_of_the_stop_is_told),
        TEST(quiet_tells_no_length),
        TEST(records_of_others_are_not_ours),
        TEST(records_from_before_are_not_ours),
        TEST(newest_record_is_found_behind_more_than_one_reading),
        TEST(late_pcpus_are_named_with_what_they_did),
        TEST(late_pcpus_without_a_description_are_numbered),
        TEST(shorter_record_of_an_older_hypervisor_is_understood),
        TEST(stop_is_in_the_report),
        TEST(verbose_says_that_stock_tells_no_length),
        TEST(set_is_applied_in_one_stop),
        TEST(flag_of_a_set_may_stand_anywhere),
        TEST(what_is_applied_already_is_left_out_of_the_set),
        TEST(set_with_nothing_to_do_is_done),
        TEST(refused_set_names_the_payload_that_is_the_reason),
        TEST(set_that_missed_its_deadline_is_exit_2),
        TEST(set_is_tried_again_when_it_was_busy),
        TEST(payload_of_a_set_that_is_not_loaded_is_named),
        TEST(bad_set_is_refused_unsent),
        TEST(stock_applies_one_after_the_other),
        TEST(stock_ends_at_the_first_failure),
        TEST(stock_reverts_the_newest_first),
    };

    return cmocka_run_group_tests_name("xen-livepatch extension", tests, NULL,
                                       NULL);
}
