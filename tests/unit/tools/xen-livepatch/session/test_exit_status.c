/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The exit statuses that the stock command does not have, where no other test
 * looks at them.
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

enum {
    APPLY = 3,
    CHECKED = 1,
    APPLIED = 2,
};

static void interface_that_may_not_be_opened_is_exit_7(void **state)
{
    (void)state;
    fake_fail_open(-EACCES);
    assert_int_equal(run_command("list", NULL)->outcome, 7);
    fake_fail_open(-EPERM);
    assert_int_equal(run_command("list", NULL)->outcome, 7);
}

static void usage_has_a_line_for_every_exit_status(void **state)
{
    const struct run *run = run_command("--help", NULL);

    (void)state;
    for (int i = 0; i <= 11; i++) {
        char line[32];

        snprintf(line, sizeof(line), "\n  %2d  ", i);
        assert_contains(run->out, line);
    }
}

static void refused_live_patching_is_said_by_the_request(void **state)
{
    static const struct {
        int rc;
        int outcome;
    } rows[] = {{-ENOSYS, 8}, {-EOPNOTSUPP, 8}, {-EPERM, 7}};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const struct run *run;

        fake_reset();
        fake_answer_first_question(rows[i].rc);
        expect_list_sizes_refused(rows[i].rc);
        run = run_command("list", NULL);
        assert_contains(run->err, "Failed to get list sizes.\n");
        assert_int_equal(run->outcome, rows[i].outcome);
        fake_verify();
    }
}

static void payload_that_vanishes_during_apply_is_exit_10(void **state)
{
    const struct run *run;

    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get_refused("fix1", -ENOENT);
    expect_get_refused("fix1", -ENOENT);
    run = run_command("apply", "fix1", NULL);
    assert_string_equal(run->out, "Applying fix1... failed\n");
    assert_contains(run->err, "Error 2: No such file or directory\n");
    assert_int_equal(run->outcome, 10);
}

static void payload_that_vanishes_before_its_action_is_exit_10(void **state)
{
    static const struct {
        const char *verb;
        uint32_t cmd;
        uint32_t from;
    } rows[] = {
        {"unload", 1, CHECKED},
        {"revert", 2, APPLIED},
        {"apply", 3, CHECKED},
        {"replace", 4, CHECKED},
    };

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        fake_reset();
        expect_get("fix1", rows[i].from, 0);
        expect_action("fix1", rows[i].cmd, 0, -ENOENT);
        expect_get_refused("fix1", -ENOENT);
        assert_int_equal(run_command(rows[i].verb, "fix1", NULL)->outcome, 10);
        fake_verify();
    }
}

static void enoent_of_a_hook_is_a_refusal(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -ENOENT);
    expect_get("fix1", CHECKED, -ENOENT);
    assert_int_equal(run_command("apply", "fix1", NULL)->outcome, 1);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(interface_that_may_not_be_opened_is_exit_7),
        TEST(usage_has_a_line_for_every_exit_status),
        TEST(refused_live_patching_is_said_by_the_request),
        TEST(payload_that_vanishes_during_apply_is_exit_10),
        TEST(payload_that_vanishes_before_its_action_is_exit_10),
        TEST(enoent_of_a_hook_is_a_refusal),
    };

    return cmocka_run_group_tests_name("xen-livepatch exit status", tests, NULL,
                                       NULL);
}
