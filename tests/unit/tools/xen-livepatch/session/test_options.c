/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Options wherever they stand, durations with each unit and at each limit, and
 * what --timeout and --retries make of a request.
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
#include "session/duration.h"

enum {
    APPLY = 3,
    CHECKED = 1,
    APPLIED = 2,
    STOP_GAP_MS = 300,
};

static void duration_has_a_whole_number_and_a_unit(void **state)
{
    static const struct {
        const char *text;
        uint64_t ns;
    } rows[] = {
        {"0ns", 0},
        {"1ns", 1},
        {"500us", 500000},
        {"30ms", 30000000},
        {"007ms", 7000000},
        {"4s", 4000000000},
        {"10min", 600000000000},
        {"2h", 7200000000000},
        {"18446744073709551615ns", UINT64_MAX},
        {"18446744073s", 18446744073000000000U},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint64_t ns;

        assert_int_equal(duration_parse(rows[i].text, &ns), 0);
        assert_int_equal(ns, rows[i].ns);
    }
}

static void other_text_is_no_duration(void **state)
{
    static const char *const texts[] = {
        "",      "30",   "ms", "s",    "-1ms",  "+1ms", " 1ms",
        "1 ms",  "1ms ", "1m", "1.5s", "0x1ms", "1MS",  "1sec",
        "1msms", "1e3s", "1d", "1,5s", "1\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        uint64_t ns = 77;

        assert_int_equal(duration_parse(texts[i], &ns), -EINVAL);
        assert_int_equal(ns, 77);
    }
}

static void duration_past_64_bits_is_erange(void **state)
{
    static const char *const texts[] = {
        "18446744073709551616ns",
        "18446744074s",
        "99999999999999999999999ns",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        uint64_t ns = 77;

        assert_int_equal(duration_parse(texts[i], &ns), -ERANGE);
        assert_int_equal(ns, 77);
    }
}

static void expect_apply(uint32_t timeout_ns)
{
    fake_reset();
    expect_timeout(timeout_ns);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", APPLIED, 0);
}

static void timeout_is_what_the_hypervisor_gets(void **state)
{
    static const struct {
        const char *text;
        uint32_t ns;
    } rows[] = {
        {"1ns", 1},
        {"200ms", 200000000},
        {"4294967295ns", UINT32_MAX},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_apply(rows[i].ns);
        assert_int_equal(
            run_command("apply", "fix1", "--timeout", rows[i].text, NULL)
                ->outcome,
            0);
        fake_verify();
    }
}

static void option_may_stand_anywhere(void **state)
{
    static const char *const rows[][4] = {
        {"--timeout", "2ms", "apply", "fix1"},
        {"apply", "--timeout", "2ms", "fix1"},
        {"apply", "fix1", "--timeout", "2ms"},
        {"--timeout=2ms", "apply", "fix1", "--no-log"},
        {"apply", "--timeout=2ms", "fix1", "--log=/dev/null"},
        {"--timeout=9ms", "apply", "--timeout=2ms", "fix1"},
        {"apply", "fix1", "--timeout=2ms", "--"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_apply(2000000);
        assert_run(
            run_command(rows[i][0], rows[i][1], rows[i][2], rows[i][3], NULL),
            0, "Applying fix1... completed\n", "");
        fake_verify();
    }
}

static void timeout_holds_for_the_apply_of_load_too(void **state)
{
    (void)state;
    write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
    expect_timeout(500000);
    expect_upload("fix1", sample_payload, sizeof(sample_payload), 0);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", APPLIED, 0);
    assert_int_equal(
        run_command("load", "--timeout", "500us", "fix1.livepatch", NULL)
            ->outcome,
        0);
}

static void after_two_dashes_nothing_is_an_option(void **state)
{
    (void)state;
    expect_get_refused("--timeout", -ENOENT);
    expect_list_sizes(1, NULL, 0);
    assert_contains(run_command("apply", "--", "--timeout", NULL)->err,
                    "Failed to get status of --timeout.\n");
    expect_get_refused("--", -ENOENT);
    expect_list_sizes(1, NULL, 0);
    assert_contains(run_command("apply", "--", "--", NULL)->err,
                    "Failed to get status of --.\n");
}

static void bad_value_is_refused_unsent(void **state)
{
    static const char duration[] = ", expected a whole number and its unit: "
                                   "ns, us, ms, s, min or h, such as 30ms.\n";
    static const char *const rows[][3] = {
        {"--timeout=30", "--timeout: '30'", duration},
        {"--timeout=", "--timeout: ''", duration},
        {"--timeout=-1ms", "--timeout: '-1ms'", duration},
        {"--timeout=0ms", "--timeout: 0ms",
         ", expected 1ns to 4294967295ns (4.29 s).\n"},
        {"--timeout=4294967296ns", "--timeout: 4294967296ns",
         ", expected 1ns to 4294967295ns (4.29 s).\n"},
        {"--timeout=5s", "--timeout: 5s",
         ", expected 1ns to 4294967295ns (4.29 s).\n"},
        {"--timeout=99999999999999s", "--timeout: 99999999999999s",
         ", expected 1ns to 4294967295ns (4.29 s).\n"},
        {"--retries=", "--retries: ''",
         ", expected a number from 0 to 1000.\n"},
        {"--retries=-1", "--retries: '-1'",
         ", expected a number from 0 to 1000.\n"},
        {"--retries=1001", "--retries: 1001",
         ", expected a number from 0 to 1000.\n"},
        {"--retries=1x", "--retries: '1x'",
         ", expected a number from 0 to 1000.\n"},
        {"--retries=18446744073709551616", "--retries: 18446744073709551616",
         ", expected a number from 0 to 1000.\n"},
        {"--verbose=yes", "--verbose: 'yes' after it",
         ", expected no value.\n"},
        {"--timeout", "--timeout", ": expected a value after it: DURATION.\n"},
        {"--retries", "--retries", ": expected a value after it: NUMBER.\n"},
        {"--log=", "--log", ": '', expected a path.\n"},
        {"--state-dir=", "--state-dir", ": '', expected a path.\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char err[160];

        snprintf(err, sizeof(err), "%s%s", rows[i][1], rows[i][2]);
        assert_run(run_command("apply", "fix1", rows[i][0], NULL), 3, "", err);
    }
    assert_int_equal(fake_nr_calls(), 0);
}

static void busy_is_final_without_retries(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EBUSY);
    assert_int_equal(run_command("apply", "fix1", NULL)->outcome, 2);
    assert_int_equal(fake_delayed_ms, 0);
}

static void busy_action_is_tried_again_after_growing_pauses(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EBUSY);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", CHECKED, -EBUSY);
    expect_get("fix1", CHECKED, -EBUSY);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", APPLIED, 0);
    assert_run(run_command("apply", "fix1", "--retries", "3", NULL), 0,
               "Applying fix1... failed\n"
               "Applying fix1... failed\n"
               "Applying fix1... completed\n",
               "Error 16: Device or resource busy\n"
               "xen-livepatch: apply of fix1: EBUSY: another action is under "
               "way.\n"
               "Try again, or let --retries do it.\n"
               "Error 16: Device or resource busy\n"
               "xen-livepatch: apply of fix1: EBUSY: the pCPUs did not meet "
               "in time; nothing was changed.\n"
               "Try again with more time (--timeout 100ms) and --retries.\n");
    assert_int_equal(fake_delayed_ms, 300 + 2 * STOP_GAP_MS);
}

static void tries_end_with_exit_2_and_pauses_of_at_most_5_s(void **state)
{
    (void)state;
    for (int i = 0; i < 9; i++) {
        expect_get("fix1", CHECKED, 0);
        expect_action("fix1", APPLY, 0, -EAGAIN);
    }
    assert_int_equal(run_command("--retries=8", "apply", "fix1", NULL)->outcome,
                     2);
    assert_int_equal(fake_delayed_ms, 100 + 200 + 400 + 800 + 1600 + 3200 +
                                          5000 + 5000 + 8 * STOP_GAP_MS);
}

/* -EAGAIN that a refused request left behind must not block the next try. */
static void stale_eagain_is_asked_about_by_the_next_try(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EBUSY);
    expect_get("fix1", CHECKED, -EAGAIN);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", APPLIED, 0);
    assert_int_equal(run_command("apply", "fix1", "--retries=1", NULL)->outcome,
                     0);
}

static void action_of_somebody_else_is_waited_for(void **state)
{
    (void)state;
    expect_get("fix1", APPLIED, -EAGAIN);
    expect_get("fix1", APPLIED, -EAGAIN);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", APPLIED, 0);
    assert_run(run_command("apply", "fix1", "--retries=2", NULL), 0,
               "Applying fix1... completed\n",
               "Cannot execute apply.\n"
               "Operation already in progress.\n"
               "Cannot execute apply.\n"
               "Operation already in progress.\n");
}

static void failure_that_is_not_busy_is_not_tried_again(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EINVAL);
    assert_int_equal(run_command("apply", "fix1", "--retries=5", NULL)->outcome,
                     1);
    assert_int_equal(fake_delayed_ms, 0);
}

static void busy_upload_and_list_are_tried_again(void **state)
{
    (void)state;
    write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
    expect_upload("fix1", sample_payload, sizeof(sample_payload), -EBUSY);
    expect_upload("fix1", sample_payload, sizeof(sample_payload), 0);
    assert_int_equal(
        run_command("upload", "fix1", "fix1.livepatch", "--retries=1", NULL)
            ->outcome,
        0);
    expect_list_sizes_refused(-EAGAIN);
    expect_list_sizes(1, NULL, 0);
    assert_string_equal(run_command("list", "--retries=1", NULL)->out,
                        "Nothing to list\n");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(duration_has_a_whole_number_and_a_unit),
        TEST(other_text_is_no_duration),
        TEST(duration_past_64_bits_is_erange),
        TEST(timeout_is_what_the_hypervisor_gets),
        TEST(option_may_stand_anywhere),
        TEST(timeout_holds_for_the_apply_of_load_too),
        TEST(after_two_dashes_nothing_is_an_option),
        TEST(bad_value_is_refused_unsent),
        TEST(busy_is_final_without_retries),
        TEST(busy_action_is_tried_again_after_growing_pauses),
        TEST(tries_end_with_exit_2_and_pauses_of_at_most_5_s),
        TEST(stale_eagain_is_asked_about_by_the_next_try),
        TEST(action_of_somebody_else_is_waited_for),
        TEST(failure_that_is_not_busy_is_not_tried_again),
        TEST(busy_upload_and_list_are_tried_again),
    };

    return cmocka_run_group_tests_name("xen-livepatch options", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
