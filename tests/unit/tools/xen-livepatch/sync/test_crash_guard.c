/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The crash guard of sync: payloads on trial, held back after the machine went
 * down, trusted again.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake/fake_machine.h"
#include "fake/sync_samples.h"
#include "sync/crash_guard.h"

#define HELD                                                                   \
    "xen-livepatch: sync: the machine went down before it had run for 600 s "  \
    "with fix1, loaded at 2026-01-02T03:04:05.678Z: those that are new among " \
    "them are held back.\n"                                                    \
    "Find out why it went down, remove what is to blame, then: "               \
    "xen-livepatch sync --trust\n"

static const struct fake_entry one_applied[] = {
    {.state = APPLIED, .name = "fix1"}};

#define LEFT_OUT "fix1: held back after a crash: left out\n"

static void sync_is_held(void)
{
    expect_listing(NULL, 0);
    assert_run(sync_with(NULL), 13, "", LEFT_OUT HELD);
}

static void crash_during_the_trial_holds_back(void **state)
{
    (void)state;
    sync_loads_fix1(NULL);
    fake_machine_boot("boot-2", 20);
    sync_is_held();
}

static void hold_lasts_over_boots_and_time(void **state)
{
    (void)state;
    crash_during_the_trial_holds_back(state);
    fake_machine_pass(3600);
    sync_is_held();
    fake_machine_boot("boot-3", 20);
    sync_is_held();
}

static void trust_loads_and_begins_a_new_trial(void **state)
{
    (void)state;
    crash_during_the_trial_holds_back(state);
    sync_loads_fix1("--trust");
    fake_machine_boot("boot-3", 20);
    sync_is_held();
}

/* What is on trial beside a hold stays so when the hold ends. */
static void trust_does_not_end_a_trial(void **state)
{
    struct crash_guard guard = {.is_held = true};
    struct guard_set none = {.nr = 0};

    (void)state;
    crash_guard_arm(&guard, 600, "fix2", &none);
    crash_guard_trust(&guard);
    assert_false(guard.is_held);
    assert_true(guard.is_on_trial);
    crash_guard_arm(&guard, 600, "fix1", &none);
    assert_string_equal(guard.trial.names, "fix2, fix1");
}

static void crash_while_loading_holds_back(void **state)
{
    (void)state;
    expect_listing(NULL, 0);
    expect_upload_of("fix1", -ENOMEM); /* the last that this boot saw */
    assert_int_equal(sync_with(NULL)->outcome, 1);
    fake_machine_boot("boot-2", 20);
    sync_is_held();
}

static void trial_that_was_passed_holds_nothing_back(void **state)
{
    (void)state;
    sync_loads_fix1(NULL);
    fake_machine_pass(600);
    assert_run(sync_with("--mark-stable"), 0, "", "");
    fake_machine_boot("boot-2", 20);
    sync_loads_fix1(NULL);
}

static void next_sync_in_the_boot_marks_it_too(void **state)
{
    (void)state;
    sync_loads_fix1(NULL);
    fake_machine_pass(600);
    expect_listing(one_applied, 1);
    assert_int_equal(sync_with(NULL)->outcome, 0);
    fake_machine_boot("boot-2", 20);
    sync_loads_fix1(NULL);
}

static void trial_that_is_not_over_is_told_with_what_is_left(void **state)
{
    (void)state;
    sync_loads_fix1(NULL);
    fake_machine_pass(599);
    assert_run(sync_with("--mark-stable"), 2,
               "fix1: on trial for another 1 s\n", "");
    fake_machine_boot("boot-2", 20);
    sync_is_held();
}

static void orderly_shutdown_is_no_crash(void **state)
{
    (void)state;
    sync_loads_fix1(NULL);
    assert_run(sync_with("--orderly-shutdown"), 0, "", "");
    fake_machine_boot("boot-2", 20);
    sync_loads_fix1(NULL);
}

static void orderly_shutdown_does_not_end_a_hold(void **state)
{
    (void)state;
    crash_during_the_trial_holds_back(state);
    assert_run(sync_with("--orderly-shutdown"), 0, "", "");
    fake_machine_boot("boot-3", 20);
    sync_is_held();
}

static void mark_does_not_end_a_hold(void **state)
{
    (void)state;
    crash_during_the_trial_holds_back(state);
    fake_machine_pass(3600);
    assert_run(sync_with("--mark-stable"), 13, "", HELD);
}

static void sync_without_loading_begins_no_trial(void **state)
{
    (void)state;
    expect_listing(one_applied, 1);
    assert_int_equal(sync_with(NULL)->outcome, 0);
    fake_machine_boot("boot-2", 20);
    sync_loads_fix1(NULL);
}

static void length_of_the_trial_is_an_option(void **state)
{
    (void)state;
    sync_loads_fix1("--trial=1min");
    fake_machine_pass(59);
    assert_int_equal(sync_with("--mark-stable")->outcome, 2);
    fake_machine_pass(1);
    assert_int_equal(sync_with("--mark-stable")->outcome, 0);
}

static void second_load_of_a_boot_is_on_trial_with_the_first(void **state)
{
    (void)state;
    sync_loads_fix1(NULL);
    put_payload("fix2", on_first);
    expect_listing(one_applied, 1);
    expect_load("fix2");
    assert_int_equal(sync_with(NULL)->outcome, 0);
    fake_machine_boot("boot-2", 20);
    expect_listing(NULL, 0);
    assert_contains(sync_with(NULL)->err, "with fix1, fix2, loaded at");
}

static void name_that_is_loaded_again_is_on_trial_once(void **state)
{
    struct crash_guard guard = {.is_on_trial = false};
    struct guard_set none = {.nr = 0};

    (void)state;
    crash_guard_arm(&guard, 600, "fix1, fix10", &none);
    crash_guard_arm(&guard, 600, "fix10, fix", &none);
    crash_guard_arm(&guard, 600, "fix1", &none);
    assert_string_equal(guard.trial.names, "fix1, fix10, fix");
    crash_guard_end_trial(&guard);
    crash_guard_arm(&guard, 600, "fix2", &none);
    assert_string_equal(guard.trial.names, "fix2");
}

static void names_that_there_is_no_room_for_are_left_out(void **state)
{
    struct crash_guard guard = {.is_on_trial = false};
    struct guard_set none = {.nr = 0};
    char name[GUARD_NAMES_BYTES - 5];

    (void)state;
    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    crash_guard_arm(&guard, 600, name, &none);
    crash_guard_arm(&guard, 600, "four", &none);
    assert_string_equal(guard.trial.names, name);
    crash_guard_arm(&guard, 600, "ab", &none);
    assert_int_equal(strlen(guard.trial.names), sizeof(name) - 1 + 4);
}

static void boot_that_the_kernel_does_not_name_is_another_one(void **state)
{
    (void)state;
    fake_machine_boot("", 20);
    sync_loads_fix1(NULL);
    sync_is_held();
}

static void state_that_cannot_be_understood_holds_back(void **state)
{
    static const char *const contents[] = {"", "{", "[]", "{\"a\": 1}", "null"};

    (void)state;
    mkdir("s", 0700);
    for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++) {
        const struct run *run;

        write_file("s/sync.json", contents[i], strlen(contents[i]));
        run = sync_with(NULL);
        assert_contains(run->err, "s holds no state that can be read, perhaps "
                                  "after a crash: payloads are held back.\n");
        assert_int_equal(run->outcome, 13);
    }
    sync_loads_fix1("--trust");
}

static void without_a_state_nothing_is_loaded_and_exit_14(void **state)
{
    (void)state;
    write_file("s", "", 0);
    expect_listing(NULL, 0);
    assert_run(
        sync_with(NULL), 14, "",
        "xen-livepatch: sync: s: its state cannot be kept: Not a directory. "
        "Nothing is loaded: a crash could not be noticed. See "
        "--state-dir.\n");
}

static void without_a_state_and_nothing_to_load_is_exit_14_too(void **state)
{
    (void)state;
    write_file("s", "", 0);
    expect_listing(one_applied, 1);
    assert_run(
        sync_with(NULL), 14,
        "fix1: applied already (known by its name; nobody knows its "
        "build-id)\n",
        "xen-livepatch: sync: s: its state cannot be kept: Not a directory. "
        "Nothing had to be loaded.\n");
}

static void trial_of_no_second_is_refused(void **state)
{
    (void)state;
    assert_run(sync_with("--trial=999ms"), 3, "",
               "sync: --trial: less than 1 s, expected 1s or more.\n");
}

/* fix1 has passed a trial when fix2 comes; the machine goes down with both. */
static void crash_with_a_new_one(void)
{
    sync_loads_fix1(NULL);
    fake_machine_pass(600);
    assert_int_equal(sync_with("--mark-stable")->outcome, 0);
    fake_machine_boot("boot-2", 20);
    put_payload("fix2", on_first);
    expect_listing(NULL, 0);
    expect_load("fix1");
    expect_load("fix2");
    assert_int_equal(sync_with(NULL)->outcome, 0);
    fake_machine_boot("boot-3", 20);
}

static void
what_has_passed_a_trial_is_not_held_back_beside_a_new_one(void **state)
{
    const struct run *run;

    (void)state;
    crash_with_a_new_one();
    expect_listing(NULL, 0);
    expect_load("fix1");
    run = sync_with(NULL);
    assert_contains(run->err, "fix2: held back after a crash: left out\n");
    assert_contains(run->err, "with fix1, fix2, loaded at");
    assert_int_equal(run->outcome, 13);
    assert_string_equal(sync_with("--mark-stable")->out,
                        "fix1: on trial for another 600 s\n");
}

static void crash_with_none_that_is_new_holds_all_of_the_trial(void **state)
{
    const struct run *run;

    what_has_passed_a_trial_is_not_held_back_beside_a_new_one(state);
    fake_machine_boot("boot-4", 20);
    expect_listing(NULL, 0);
    run = sync_with(NULL);
    assert_contains(run->err, "fix1: held back after a crash");
    assert_contains(run->err, "fix2: held back after a crash");
    assert_int_equal(run->outcome, 13);
}

static void what_was_not_on_trial_is_loaded_after_a_crash(void **state)
{
    crash_during_the_trial_holds_back(state);
    put_payload("fix1", (struct sample_ids){0x60, THIS_XEN, THIS_XEN});
    sync_loads_fix1(NULL);
}

static void what_goes_on_top_of_what_is_held_back_is_exit_13(void **state)
{
    const struct run *run;

    crash_during_the_trial_holds_back(state);
    put_payload("fix2", on_first);
    expect_listing(NULL, 0);
    run = sync_with(NULL);
    assert_contains(run->err, "fix2: left out: it goes on top of fix1, which "
                              "is left out itself (held back)\n");
    assert_int_equal(run->outcome, 13);
}

static void hold_is_told_beside_another_failure(void **state)
{
    const struct run *run;

    crash_during_the_trial_holds_back(state);
    put_payload("bad", (struct sample_ids){0x80, 0x70, THIS_XEN});
    expect_listing(NULL, 0);
    run = run_command("--json", "--state-dir=s", "sync", "--dir=d", NULL);
    assert_contains(run->out, "\"is_held\": true");
    assert_contains(run->err, HELD);
    assert_int_equal(run->outcome, 1);
}

static void trial_of_too_many_to_remember_holds_all(void **state)
{
    struct crash_guard guard = {.is_on_trial = false};
    struct guard_set payloads = {.nr = 0};
    struct kept_id id = {.nr_bytes = 1};

    (void)state;
    for (id.bytes[0] = 0; id.bytes[0] <= GUARD_PAYLOADS_MAX; id.bytes[0]++) {
        guard_set_add(&payloads, &id);
    }
    crash_guard_arm(&guard, 600, "many", &payloads);
    mkdir("s", 0700);
    assert_int_equal(crash_guard_write("s", &guard), 0);
    fake_machine_boot("boot-2", 20);
    assert_contains(sync_with(NULL)->err, "with many, loaded at "
                                          "2026-01-02T03:04:05.678Z: payloads "
                                          "are held back.");
}

/* As it was written before payloads were known by build-ids. */
static void guard_without_build_ids_holds_all(void **state)
{
    const char text[] = "{\"is_on_trial\": true, \"boot\": \"boot-0\"}";

    (void)state;
    mkdir("s", 0700);
    write_file("s/sync.json", text, strlen(text));
    assert_int_equal(sync_with(NULL)->outcome, 13);
}

static void dry_run_neither_begins_nor_ends_a_trial(void **state)
{
    (void)state;
    sync_loads_fix1(NULL);
    fake_machine_boot("boot-2", 20);
    expect_listing(NULL, 0);
    assert_run(run_command("-n", "--state-dir=s", "sync", "--dir=d", NULL), 13,
               "", LEFT_OUT HELD);
    fake_machine_boot("boot-1", 800);
    assert_int_equal(sync_with("--mark-stable")->outcome, 0);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_with_fix1, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(crash_during_the_trial_holds_back),
        TEST(hold_lasts_over_boots_and_time),
        TEST(trust_loads_and_begins_a_new_trial),
        TEST(crash_while_loading_holds_back),
        TEST(trial_that_was_passed_holds_nothing_back),
        TEST(next_sync_in_the_boot_marks_it_too),
        TEST(trial_that_is_not_over_is_told_with_what_is_left),
        TEST(orderly_shutdown_is_no_crash),
        TEST(orderly_shutdown_does_not_end_a_hold),
        TEST(mark_does_not_end_a_hold),
        TEST(sync_without_loading_begins_no_trial),
        TEST(length_of_the_trial_is_an_option),
        TEST(second_load_of_a_boot_is_on_trial_with_the_first),
        TEST(name_that_is_loaded_again_is_on_trial_once),
        TEST(names_that_there_is_no_room_for_are_left_out),
        TEST(boot_that_the_kernel_does_not_name_is_another_one),
        TEST(state_that_cannot_be_understood_holds_back),
        TEST(without_a_state_nothing_is_loaded_and_exit_14),
        TEST(without_a_state_and_nothing_to_load_is_exit_14_too),
        TEST(dry_run_neither_begins_nor_ends_a_trial),
        TEST(trial_of_no_second_is_refused),
        TEST(trust_does_not_end_a_trial),
        TEST(what_has_passed_a_trial_is_not_held_back_beside_a_new_one),
        TEST(crash_with_none_that_is_new_holds_all_of_the_trial),
        TEST(what_was_not_on_trial_is_loaded_after_a_crash),
        TEST(what_goes_on_top_of_what_is_held_back_is_exit_13),
        TEST(hold_is_told_beside_another_failure),
        TEST(trial_of_too_many_to_remember_holds_all),
        TEST(guard_without_build_ids_holds_all),
    };

    return cmocka_run_group_tests_name("xen-livepatch crash guard", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
