/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which payloads are on trial with those that a sync loads: of the folders what
 * was applied shortly before, by hand say, and has not passed a trial.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_machine.h"
#include "fake/sync_samples.h"

static const struct fake_entry hand_loaded[] = {
    {.state = APPLIED, .name = "fix1"}};

/* The log's deeds are of the moment at which the fake machine starts. */
static int start_with_one_applied(void **state)
{
    int rc = start_sync(state);

    put_payload("fix1", on_xen);
    put_payload("fix2", on_first);
    log_load("fix1", 0x20, THIS_XEN);
    return rc;
}

static void sync_loads_the_second(const struct fake_entry *entries, uint32_t nr)
{
    expect_listing(entries, nr);
    expect_load("fix2");
    assert_int_equal(
        run_command("--state-dir=s", "--log=log", "sync", "--dir=d", NULL)
            ->outcome,
        0);
}

static const struct run *sync_after_a_crash(void)
{
    fake_machine_boot("boot-2", 20);
    expect_listing(NULL, 0);
    return run_command("--state-dir=s", "--log=log", "sync", "--dir=d", NULL);
}

static void what_was_applied_before_is_held_back_too(void **state)
{
    const struct run *run;

    (void)state;
    fake_machine_pass(599);
    sync_loads_the_second(hand_loaded, 1);
    run = sync_after_a_crash();
    assert_contains(run->err, "fix1: held back after a crash: left out\n");
    assert_contains(run->err, "fix2: held back after a crash: left out\n");
    assert_contains(run->err, "with fix2, fix1, loaded at");
    assert_string_equal(run->out, "");
    assert_int_equal(run->outcome, 13);
}

static void what_has_run_for_as_long_as_a_trial_is_not(void **state)
{
    const struct run *run;

    (void)state;
    fake_machine_pass(600);
    sync_loads_the_second(hand_loaded, 1);
    fake_machine_boot("boot-2", 20);
    expect_listing(NULL, 0);
    expect_load("fix1");
    run = run_command("--state-dir=s", "--log=log", "sync", "--dir=d", NULL);
    assert_contains(run->err, "fix2: held back after a crash: left out\n");
    assert_contains(run->err, "with fix2, loaded at");
}

/* Nobody knows since when it is applied. */
static void what_is_not_in_the_log_is_on_trial_too(void **state)
{
    (void)state;
    fake_machine_pass(600);
    remove("log");
    sync_loads_the_second(hand_loaded, 1);
    assert_contains(sync_after_a_crash()->err, "with fix2, fix1, loaded at");
}

/* Loaded by a sync, it has passed the trial; then it was applied anew. */
static void what_has_passed_a_trial_is_not(void **state)
{
    const struct run *run;

    (void)state;
    assert_int_equal(rename("d/fix2.livepatch", "d/fix2.later"), 0);
    remove("log");
    expect_listing(NULL, 0);
    expect_load("fix1");
    sync_with(NULL);
    fake_machine_pass(600);
    assert_int_equal(sync_with("--mark-stable")->outcome, 0);
    assert_int_equal(rename("d/fix2.later", "d/fix2.livepatch"), 0);
    sync_loads_the_second(hand_loaded, 1);
    fake_machine_boot("boot-2", 20);
    expect_listing(NULL, 0);
    expect_load("fix1");
    run = run_command("--state-dir=s", "--log=log", "sync", "--dir=d", NULL);
    assert_contains(run->err, "fix2: held back after a crash: left out\n");
}

static void sync_that_loads_nothing_puts_nothing_on_trial(void **state)
{
    (void)state;
    remove("d/fix2.livepatch");
    expect_listing(hand_loaded, 1);
    assert_int_equal(
        run_command("--state-dir=s", "--log=log", "sync", "--dir=d", NULL)
            ->outcome,
        0);
    assert_int_equal(sync_with("--mark-stable")->outcome, 0);
}

/* It will not be there after the next boot, so there is nothing to hold. */
static void what_is_not_of_the_folder_is_not(void **state)
{
    (void)state;
    remove("d/fix1.livepatch");
    sync_loads_the_second(hand_loaded, 1);
    assert_string_equal(sync_with("--mark-stable")->out,
                        "fix2: on trial for another 600 s\n");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_with_one_applied, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_applied_before_is_held_back_too),
        TEST(what_has_run_for_as_long_as_a_trial_is_not),
        TEST(what_is_not_in_the_log_is_on_trial_too),
        TEST(what_has_passed_a_trial_is_not),
        TEST(sync_that_loads_nothing_puts_nothing_on_trial),
        TEST(what_is_not_of_the_folder_is_not),
    };

    return cmocka_run_group_tests_name("xen-livepatch trials", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
