/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sync replaces what was reissued, puts back what it took out when a step
 * fails, and is not ended in the middle of that by a signal.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "action/upload.h"
#include "fake/sync_samples.h"

static const struct fake_entry one[] = {{.state = APPLIED, .name = "a"}};
static const struct fake_entry two[] = {{.state = APPLIED, .name = "a"},
                                        {.state = APPLIED, .name = "b"}};

/* The program outlives the signal, to look at what it did. */
static void outlive(int number)
{
    (void)number;
}

static int start_with_handler(void **state)
{
    signal(SIGINT, outlive);
    return start_sync(state);
}

static int end_with_handler(void **state)
{
    signal(SIGINT, SIG_DFL);
    return finish_fake(state);
}

static void reissued_payload_is_replaced(void **state)
{
    (void)state;
    sync_first_build();
    expect_listing(one, 1);
    expect_revert("a");
    expect_unload("a");
    expect_load("a");
    assert_run(sync_logged(), 0, "", "");
    expect_listing(one, 1);
    assert_run(sync_logged(), 0, "", "");
}

/* The fake compares with the file's bytes: those of the first build are in
 * `first`. */
static unsigned char first[64 * 1024];

static size_t read_first(void)
{
    FILE *file = fopen("d/a.livepatch", "r");
    size_t nr_bytes;

    assert_non_null(file);
    nr_bytes = fread(first, 1, sizeof(first), file);
    fclose(file);
    return nr_bytes;
}

static void old_build_goes_back_when_the_new_one_is_refused(void **state)
{
    const struct run *run;
    size_t nr_bytes;

    (void)state;
    put_payload("a", on_xen);
    nr_bytes = read_first();
    sync_first_build();
    expect_listing(one, 1);
    expect_revert("a");
    expect_unload("a");
    expect_upload_of("a", -EINVAL);
    expect_get_refused("a", -ENOENT);
    expect_upload("a", first, nr_bytes, 0);
    expect_get("a", CHECKED, 0);
    expect_action("a", APPLY, 0, 0);
    expect_get("a", APPLIED, 0);
    run = sync_logged();
    assert_lacks(run->err, "NOT IN FORCE");
    assert_int_equal(run->outcome, 1);
}

static void without_a_copy_what_is_gone_is_named(void **state)
{
    const struct run *run;

    (void)state;
    put_payload("a", reissue);
    log_load("a", 0x20, THIS_XEN);
    expect_listing(one, 1);
    expect_revert("a");
    expect_unload("a");
    expect_upload_of("a", -EINVAL);
    expect_get_refused("a", -ENOENT);
    run = sync_logged();
    assert_contains(run->err, "NOT IN FORCE any more: a. Mend what failed");
    assert_int_equal(run->outcome, 1);
}

static void copies_of_what_is_not_loaded_any_more_go(void **state)
{
    (void)state;
    sync_first_build();
    assert_int_equal(system("test -e s/loaded/20*.livepatch"), 0);
    unlink("d/a.livepatch");
    expect_listing(NULL, 0);
    assert_int_equal(sync_logged()->outcome, 0);
    assert_int_not_equal(system("test -e s/loaded/20*.livepatch"), 0);
}

static void copies_stay_when_it_is_not_known_what_is_loaded(void **state)
{
    static const struct fake_entry stranger[] = {
        {.state = CHECKED, .name = "z"}};

    (void)state;
    sync_first_build();
    unlink("d/a.livepatch");
    expect_listing(stranger, 1);
    assert_int_equal(sync_logged()->outcome, 0);
    assert_int_equal(system("test -e s/loaded/20*.livepatch"), 0);
}

static void signal_waits_until_what_was_taken_out_is_back(void **state)
{
    (void)state;
    sync_first_build();
    put_payload("b", (struct sample_ids){0x42, 0x22, THIS_XEN});
    expect_listing(one, 1);
    expect_get("a", APPLIED, 0);
    expect_action("a", REVERT, 0, 0);
    and_signal_comes(SIGINT);
    expect_get("a", CHECKED, 0);
    expect_unload("a");
    expect_load("a");
    assert_run(sync_logged(), 18, "",
               "xen-livepatch: sync: a signal ends it; what was done stays "
               "done, and the next sync goes on.\n");
}

/* Of what was taken out nothing stays out because a signal waits. */
static void signal_does_not_end_the_tries_while_something_is_out(void **state)
{
    (void)state;
    sync_first_build();
    expect_listing(one, 1);
    expect_get("a", APPLIED, 0);
    expect_action("a", REVERT, 0, 0);
    and_signal_comes(SIGINT);
    expect_get("a", CHECKED, 0);
    expect_unload("a");
    expect_upload_of("a", 0);
    expect_get("a", CHECKED, 0);
    expect_action("a", APPLY, 0, -EBUSY);
    expect_get("a", CHECKED, 0);
    expect_action("a", APPLY, 0, 0);
    expect_get("a", APPLIED, 0);
    assert_int_equal(run_command("-q", "--state-dir=s", "--log=log",
                                 "--retries=1", "sync", "--dir=d", NULL)
                         ->outcome,
                     0);
}

/* A busy revert that takes nothing out yet is not tried again. */
static void signal_ends_the_tries_while_nothing_is_out(void **state)
{
    (void)state;
    sync_first_build();
    expect_listing(one, 1);
    expect_get("a", APPLIED, 0);
    expect_action("a", REVERT, 0, -EBUSY);
    and_signal_comes(SIGINT);
    expect_get("a", APPLIED, -EAGAIN);
    expect_get("a", APPLIED, 0);
    assert_int_equal(run_command("-q", "--state-dir=s", "--log=log",
                                 "--retries=1", "sync", "--dir=d", NULL)
                         ->outcome,
                     2);
}

static void signal_between_two_loads_ends_it_there(void **state)
{
    (void)state;
    put_payload("a", on_xen);
    put_payload("b", on_first);
    expect_listing(NULL, 0);
    expect_upload_of("a", 0);
    and_signal_comes(SIGINT);
    expect_get("a", CHECKED, 0);
    expect_action("a", APPLY, 0, 0);
    expect_get("a", APPLIED, 0);
    assert_int_equal(sync_logged()->outcome, 18);
}

/* What was loaded before the signal is on trial. */
static void guard_is_true_after_a_signal(void **state)
{
    signal_between_two_loads_ends_it_there(state);
    assert_contains(
        run_command("--state-dir=s", "sync", "--mark-stable", NULL)->out,
        "a, b: on trial for another 600 s");
}

static void what_was_done_before_a_signal_is_not_done_again(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = APPLIED, .name = "a"}};

    signal_between_two_loads_ends_it_there(state);
    expect_listing(entries, 1);
    expect_load("b");
    assert_run(sync_logged(), 0, "", "");
}

static void second_of_two_fails_and_the_first_stays(void **state)
{
    (void)state;
    put_payload("a", on_xen);
    put_payload("b", on_first);
    expect_listing(two, 1);
    expect_upload_of("b", -EINVAL);
    assert_lacks(sync_logged()->err, "NOT IN FORCE");
}

static void file_that_changed_meanwhile_is_not_uploaded(void **state)
{
    static struct kept_id expected = {.bytes = {0x99}, .nr_bytes = 1};
    struct session session = {.out = stdout, .options = options_new(0)};
    char err[256] = "";

    (void)state;
    put_payload("a", on_xen);
    session.err = fmemopen(err, sizeof(err), "w");
    assert_int_equal(upload_run(&session, "a", "d/a.livepatch", &expected,
                                &(struct upload_next){0, 0}),
                     OUTCOME_RETRY);
    fclose(session.err);
    assert_string_equal(err, "d/a.livepatch: it was exchanged meanwhile: "
                             "build-id 202122232425262728292a2b2c2d2e2f30313233"
                             ", expected 99. It was not loaded.\n");
    options_free(&session.options);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_with_handler, end_with_handler)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reissued_payload_is_replaced),
        TEST(old_build_goes_back_when_the_new_one_is_refused),
        TEST(without_a_copy_what_is_gone_is_named),
        TEST(copies_of_what_is_not_loaded_any_more_go),
        TEST(copies_stay_when_it_is_not_known_what_is_loaded),
        TEST(signal_waits_until_what_was_taken_out_is_back),
        TEST(signal_does_not_end_the_tries_while_something_is_out),
        TEST(signal_ends_the_tries_while_nothing_is_out),
        TEST(signal_between_two_loads_ends_it_there),
        TEST(guard_is_true_after_a_signal),
        TEST(what_was_done_before_a_signal_is_not_done_again),
        TEST(second_of_two_fails_and_the_first_stays),
        TEST(file_that_changed_meanwhile_is_not_uploaded),
    };

    return cmocka_run_group_tests_name("xen-livepatch sync's changes", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
