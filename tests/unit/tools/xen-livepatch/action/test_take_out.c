/* SPDX-License-Identifier: GPL-2.0 */
/*
 * revert and unload of several: in the stack's order, whatever the words'.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "fake/fake_extension.h"
#include "fake/sync_samples.h"

/* Uploaded as a, b, c; applied as b, a by the log. */
static const struct fake_entry entries[] = {{.state = APPLIED, .name = "a"},
                                            {.state = APPLIED, .name = "b"},
                                            {.state = CHECKED, .name = "c"}};

static int start_with_stack(void **state)
{
    int rc = start_sync(state);

    log_upload("a", 0x40, 0x20);
    log_load("b", 0x20, THIS_XEN);
    log_deed("apply", "a");
    return rc;
}

#define RUN(...) run_command("-q", "--log=log", __VA_ARGS__, NULL)

static void revert_of_all_goes_from_the_newest_down(void **state)
{
    (void)state;
    expect_listing(entries, 3);
    expect_listing(entries, 3);
    expect_revert("a");
    expect_revert("b");
    assert_run(RUN("revert", "--all"), 0, "", "");
}

static void revert_of_names_goes_from_the_newest_down(void **state)
{
    (void)state;
    expect_listing(entries, 3);
    expect_revert("a");
    expect_revert("b");
    assert_run(RUN("revert", "b", "a"), 0, "", "");
}

static void revert_can_unload_too(void **state)
{
    (void)state;
    expect_listing(entries, 3);
    expect_revert("a");
    expect_unload("a");
    assert_run(RUN("revert", "--unload", "a"), 0, "", "");
}

/* Unloaded in the reverse order of the uploads: b may use a. */
static void revert_of_all_with_unload_leaves_nothing_applied(void **state)
{
    (void)state;
    expect_listing(entries, 3);
    expect_listing(entries, 3);
    expect_revert("a");
    expect_revert("b");
    expect_unload("b");
    expect_unload("a");
    assert_run(RUN("revert", "--all", "--unload"), 0, "", "");
}

static void on_this_projects_hypervisor_reverts_are_one_stop(void **state)
{
    static const struct fake_set set = {.names = "b\0a", 2, REVERT, 0, 2, 0, 0};

    (void)state;
    fake_extension_start(0);
    expect_listing(entries, 3);
    expect_get("b", APPLIED, 0);
    expect_get("a", APPLIED, 0);
    expect_action_set(&set);
    expect_unload("b");
    expect_unload("a");
    assert_run(RUN("revert", "--all", "--unload"), 0, "", "");
}

static void unload_of_all_is_of_what_is_not_applied(void **state)
{
    static const struct fake_entry idle[] = {{.state = CHECKED, .name = "x"},
                                             {.state = APPLIED, .name = "y"},
                                             {.state = CHECKED, .name = "z"}};

    (void)state;
    expect_listing(idle, 3);
    expect_unload("z");
    expect_unload("x");
    assert_run(RUN("unload", "--all"), 0, "", "");
}

static void unload_of_names_goes_from_the_last_uploaded_on(void **state)
{
    static const struct fake_entry idle[] = {{.state = CHECKED, .name = "x"},
                                             {.state = CHECKED, .name = "y"}};

    (void)state;
    expect_listing(idle, 2);
    expect_unload("y");
    expect_unload("x");
    assert_run(RUN("unload", "x", "y"), 0, "", "");
}

static void all_of_nothing_is_done(void **state)
{
    (void)state;
    expect_listing(NULL, 0);
    assert_run(run_command("revert", "--all", NULL), 0, "No action needed.\n",
               "");
}

static void failed_revert_unloads_nothing(void **state)
{
    (void)state;
    expect_listing(entries, 3);
    expect_get("b", APPLIED, 0);
    expect_action("b", REVERT, 0, -EBUSY);
    expect_get("b", APPLIED, -EAGAIN);
    assert_int_not_equal(RUN("revert", "--unload", "b")->outcome, 0);
}

static void name_that_is_not_loaded_is_told(void **state)
{
    (void)state;
    expect_listing(entries, 3);
    expect_get_refused("nobody", -ENOENT);
    expect_listing(entries, 3);
    assert_contains(RUN("revert", "--unload", "nobody")->err,
                    "Failed to get status of nobody.");
}

static void dry_run_says_what_would_be_unloaded(void **state)
{
    (void)state;
    expect_listing(entries, 3);
    expect_get("a", APPLIED, 0);
    assert_run(run_command("-n", "--log=log", "revert", "--unload", "a", NULL),
               15,
               "Reverting a... not done (dry run)\n"
               "Unloading a... not done (dry run)\n",
               "xen-livepatch: this hypervisor has no dry runs. Not known: "
               "whether another payload was applied on top of it, and what its "
               "hooks say. 'xen-livepatch status' shows the order.\n");
}

/* Only the first of steps that build on each other can be asked about. */
static void what_builds_on_a_dry_run_is_not_known(void **state)
{
    (void)state;
    fake_extension_start(0);
    expect_listing(entries, 3);
    expect_get("a", APPLIED, 0);
    fake_extension_expects_dry_run(&(struct fake_dry_run){
        .names = "a", .nr = 1, .cmd = REVERT, .guilty = 1});
    assert_run(run_command("-n", "--log=log", "revert", "--unload", "a", NULL),
               15,
               "Reverting a... would be done (dry run)\n"
               "Unloading a... not done (dry run)\n",
               "xen-livepatch: it builds on what a dry run does not do: nobody "
               "was asked.\n");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_with_stack, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(revert_of_all_goes_from_the_newest_down),
        TEST(revert_of_names_goes_from_the_newest_down),
        TEST(revert_can_unload_too),
        TEST(revert_of_all_with_unload_leaves_nothing_applied),
        TEST(on_this_projects_hypervisor_reverts_are_one_stop),
        TEST(unload_of_all_is_of_what_is_not_applied),
        TEST(unload_of_names_goes_from_the_last_uploaded_on),
        TEST(all_of_nothing_is_done),
        TEST(failed_revert_unloads_nothing),
        TEST(name_that_is_not_loaded_is_told),
        TEST(dry_run_says_what_would_be_unloaded),
        TEST(what_builds_on_a_dry_run_is_not_known),
    };

    return cmocka_run_group_tests_name("xen-livepatch taking out", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
