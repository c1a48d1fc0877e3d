/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb wait: the states that it knows, when it ends, and how.
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
#include "session/pace.h"

enum {
    CHECKED = 1,
    APPLIED = 2,
};

static void state_that_is_there_needs_no_wait(void **state)
{
    (void)state;
    expect_get("fix1", APPLIED, 0);
    assert_run(run_command("wait", "fix1", "applied", NULL), 0,
               "fix1 is APPLIED.\n", "");
    expect_get("fix1", CHECKED, 0);
    assert_run(run_command("wait", "fix1", "CHECKED", NULL), 0,
               "fix1 is CHECKED.\n", "");
    expect_get_refused("fix1", -ENOENT);
    assert_run(run_command("wait", "fix1", "Unloaded", NULL), 0,
               "fix1 is unloaded.\n", "");
    assert_int_equal(fake_delayed_ms, 0);
}

static void payload_may_come_and_change_meanwhile(void **state)
{
    (void)state;
    expect_get_refused("fix1", -ENOENT);
    expect_get("fix1", CHECKED, 0);
    expect_get("fix1", CHECKED, -EAGAIN);
    expect_get("fix1", APPLIED, 0);
    assert_run(run_command("wait", "fix1", "applied", NULL), 0,
               "fix1 is APPLIED.\n", "");
    assert_int_equal(fake_delayed_ms, 1 + 2 + 4);
}

/* A payload that is being reverted is APPLIED and will not stay so. */
static void state_does_not_count_while_an_action_is_under_way(void **state)
{
    (void)state;
    expect_get("fix1", APPLIED, -EAGAIN);
    expect_get("fix1", CHECKED, 0);
    expect_get("fix1", CHECKED, 0);
    assert_run(run_command("wait", "fix1", "applied", "3ms", NULL), 2, "",
               "fix1 is CHECKED, not yet APPLIED.\n");
    assert_int_equal(fake_delayed_ms, 3);
}

static void failed_action_before_does_not_matter_to_the_state(void **state)
{
    (void)state;
    expect_get("fix1", APPLIED, -EBUSY);
    assert_int_equal(run_command("wait", "fix1", "applied", NULL)->outcome, 0);
}

static void time_that_is_up_is_exit_2_and_says_what_is(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, -EBUSY);
    assert_run(run_command("wait", "fix1", "applied", "0s", NULL), 2, "",
               "fix1 is CHECKED (16, Device or resource busy), not yet "
               "APPLIED.\n");
    expect_get_refused("fix1", -ENOENT);
    assert_run(run_command("wait", "fix1", "checked", "0s", NULL), 2, "",
               "fix1 is unloaded, not yet CHECKED.\n");
}

static void ten_seconds_are_waited_unless_said_otherwise(void **state)
{
    const unsigned int nr_pauses = 7 + 99; /* 1 .. 64 make 127 ms */

    (void)state;
    for (unsigned int i = 0; i < nr_pauses + 1; i++) {
        expect_get("fix1", CHECKED, 0);
    }
    assert_int_equal(run_command("wait", "fix1", "applied", NULL)->outcome, 2);
    assert_int_equal(fake_delayed_ms, 10000);
}

static void part_of_a_millisecond_is_waited_whole(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_get("fix1", CHECKED, 0);
    assert_int_equal(
        run_command("wait", "fix1", "applied", "1ns", NULL)->outcome, 2);
    assert_int_equal(fake_delayed_ms, 1);
}

static void refused_question_ends_the_wait(void **state)
{
    (void)state;
    expect_get_refused("fix1", -EPERM);
    assert_run(run_command("wait", "fix1", "applied", NULL), 1, "",
               "Failed to get status of fix1.\n"
               "Error 1: Operation not permitted\n"
               "xen-livepatch: wait of fix1: EPERM: this domain is not allowed "
               "to do it (not dom0, or forbidden by the hypervisor's security "
               "policy).\n");
}

static void bad_words_are_refused_unsent(void **state)
{
    (void)state;
    assert_run(run_command("wait", "fix1", "apply", NULL), 3, "",
               "wait: state 'apply', expected checked, applied or "
               "unloaded.\n");
    assert_run(run_command("wait", "fix1", "applied", "10", NULL), 3, "",
               "wait: '10', expected a whole number and its unit: ns, us, ms "
               "or s, such as 10s.\n");
    assert_int_equal(run_command("wait", "", "applied", NULL)->outcome, 4);
    assert_int_equal(run_command("wait", "fix1", NULL)->outcome, 3);
}

static void pace_ends_exactly_at_its_limit(void **state)
{
    struct pace pace = {.limit_ms = 5};

    (void)state;
    assert_true(pace_pause(&pace));
    assert_true(pace_pause(&pace));
    assert_true(pace_pause(&pace));
    assert_false(pace_pause(&pace));
    assert_int_equal(fake_delayed_ms, 1 + 2 + 2);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(state_that_is_there_needs_no_wait),
        TEST(payload_may_come_and_change_meanwhile),
        TEST(state_does_not_count_while_an_action_is_under_way),
        TEST(failed_action_before_does_not_matter_to_the_state),
        TEST(time_that_is_up_is_exit_2_and_says_what_is),
        TEST(ten_seconds_are_waited_unless_said_otherwise),
        TEST(part_of_a_millisecond_is_waited_whole),
        TEST(refused_question_ends_the_wait),
        TEST(bad_words_are_refused_unsent),
        TEST(pace_ends_exactly_at_its_limit),
    };

    return cmocka_run_group_tests_name("xen-livepatch wait", tests, NULL, NULL);
}
