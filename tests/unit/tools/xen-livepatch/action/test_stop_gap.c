/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The time between two stops of all pCPUs that one run asks for: on a
 * hypervisor that is not this project's 300 ms are over before each request but
 * the first.
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

#include "fake/fake_extension.h"
#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"
#include "fake/sync_samples.h"

enum {
    GAP_MS = 300,
    RETRY_MS = 100,
};

/* An action that reaches its state, sent when so much time was let go by. */
static void expect_done(const char *name, uint32_t cmd, unsigned int delayed_ms)
{
    expect_get(name, cmd == REVERT ? APPLIED : CHECKED, 0);
    expect_action(name, cmd, 0, 0);
    and_comes_after_ms(delayed_ms);
    if (cmd == UNLOAD) {
        expect_get_refused(name, -ENOENT);
    } else {
        expect_get(name, cmd == REVERT ? CHECKED : APPLIED, 0);
    }
}

static void second_and_third_action_come_after_a_pause_each(void **state)
{
    (void)state;
    expect_done("fix1", APPLY, 0);
    expect_done("fix2", APPLY, GAP_MS);
    expect_done("fix3", APPLY, 2 * GAP_MS);
    assert_int_equal(
        run_command("apply", "fix1", "fix2", "fix3", NULL)->outcome, 0);
    assert_int_equal(fake_delayed_ms, 2 * GAP_MS);
}

static void reverts_come_after_pauses(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = APPLIED, .name = "fix1"},
        {.state = APPLIED, .name = "fix2"},
    };
    static const struct fake_window window = {1, 0, 2, 2};

    (void)state;
    expect_list_sizes(1, entries, 2);
    expect_list(&window, entries);
    expect_done("fix2", REVERT, 0);
    expect_done("fix1", REVERT, GAP_MS);
    assert_int_equal(run_command("revert", "fix1", "fix2", NULL)->outcome, 0);
    assert_int_equal(fake_delayed_ms, GAP_MS);
}

static void one_action_alone_has_no_pause(void **state)
{
    static const struct {
        const char *word;
        uint32_t cmd;
    } rows[] = {{"apply", APPLY}, {"revert", REVERT}, {"unload", UNLOAD}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fake_reset();
        expect_done("fix1", rows[i].cmd, 0);
        assert_int_equal(run_command(rows[i].word, "fix1", NULL)->outcome, 0);
        assert_int_equal(fake_delayed_ms, 0);
        fake_verify();
    }
}

static void pause_is_for_what_is_sent_only(void **state)
{
    (void)state;
    expect_done("fix1", APPLY, 0);
    expect_get("fix2", APPLIED, 0);
    assert_int_equal(run_command("apply", "fix1", "fix2", NULL)->outcome, 0);
    assert_int_equal(fake_delayed_ms, 0);
}

static void further_try_comes_after_a_pause(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EBUSY);
    expect_done("fix1", APPLY, RETRY_MS + GAP_MS);
    assert_int_equal(run_command("apply", "fix1", "--retries=1", NULL)->outcome,
                     0);
}

/* Sync reverts, unloads and loads: only what stops pCPUs waits. */
static void unload_and_upload_need_no_pause(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = APPLIED, .name = "old"},
    };

    start_sync(state);
    put_payload("new", (struct sample_ids){0x02, THIS_XEN, THIS_XEN});
    expect_listing(entries, 1);
    expect_done("old", REVERT, 0);
    expect_done("old", UNLOAD, 0);
    expect_upload_of("new", 0);
    and_comes_after_ms(0);
    expect_done("new", APPLY, GAP_MS);
    assert_int_equal(sync_with("--prune")->outcome, 0);
    assert_int_equal(fake_delayed_ms, GAP_MS);
}

static void dry_run_needs_no_pause(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_get("fix2", CHECKED, 0);
    assert_int_equal(run_command("-n", "apply", "fix1", "fix2", NULL)->outcome,
                     15);
    assert_int_equal(fake_delayed_ms, 0);
}

static void this_project_s_hypervisor_needs_no_pause(void **state)
{
    start_sync(state);
    fake_extension_start(0);
    put_payload("one", (struct sample_ids){0x02, THIS_XEN, THIS_XEN});
    put_payload("two", (struct sample_ids){0x03, 0x02, THIS_XEN});
    expect_listing(NULL, 0);
    expect_upload_of("one", 0);
    expect_done("one", APPLY, 0);
    expect_upload_of("two", 0);
    expect_done("two", APPLY, 0);
    assert_int_equal(sync_with(NULL)->outcome, 0);
    assert_int_equal(fake_delayed_ms, 0);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(second_and_third_action_come_after_a_pause_each),
        TEST(reverts_come_after_pauses),
        TEST(one_action_alone_has_no_pause),
        TEST(pause_is_for_what_is_sent_only),
        TEST(further_try_comes_after_a_pause),
        TEST(unload_and_upload_need_no_pause),
        TEST(dry_run_needs_no_pause),
        TEST(this_project_s_hypervisor_needs_no_pause),
    };

    return cmocka_run_group_tests_name("xen-livepatch time between stops",
                                       tests, enter_scratch_folder,
                                       leave_scratch_folder);
}
