/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a refusal is said to be: which of an errno's meanings, whose errno it
 * is, what a program reads of it, and what was meant instead.
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
    UNLOAD = 1,
    REVERT = 2,
    APPLY = 3,
    REPLACE = 4,
    CHECKED = 1,
    APPLIED = 2,
};

static const struct fake_entry two[] = {{.state = APPLIED, .name = "fix1"},
                                        {.state = APPLIED, .name = "fix2"}};

static void expect_two_listed(void)
{
    expect_list_sizes(1, two, 2);
    expect_list(&(struct fake_window){1, 0, 2, 2}, two);
}

static void revert_of_what_is_not_the_newest_is_exit_16_and_final(void **state)
{
    const struct run *run;

    (void)state;
    expect_get("fix1", APPLIED, 0);
    expect_action("fix1", REVERT, 0, -EBUSY);
    expect_get("fix1", APPLIED, 0);
    expect_two_listed();
    run = run_command("revert", "fix1", "--retries=5", NULL);
    assert_contains(run->err, "EBUSY: another payload was applied after this "
                              "one and must be reverted first");
    assert_int_equal(run->outcome, 16);
    assert_int_equal(fake_delayed_ms, 0);
}

static void revert_of_the_only_one_is_busy(void **state)
{
    (void)state;
    expect_get("fix1", APPLIED, 0);
    expect_action("fix1", REVERT, 0, -EBUSY);
    expect_get("fix1", APPLIED, 0);
    expect_list_sizes(1, two, 1);
    expect_list(&(struct fake_window){1, 0, 1, 1}, two);
    assert_int_equal(run_command("revert", "fix1", NULL)->outcome, 2);
}

static void revert_that_is_under_way_is_busy(void **state)
{
    (void)state;
    expect_get("fix1", APPLIED, 0);
    expect_action("fix1", REVERT, 0, -EBUSY);
    expect_get("fix1", APPLIED, -EAGAIN);
    assert_int_equal(run_command("revert", "fix1", NULL)->outcome, 2);
}

/* Nobody knows then: the errno keeps its first meaning. */
static void revert_of_what_does_not_answer_is_busy(void **state)
{
    (void)state;
    expect_get("fix1", APPLIED, 0);
    expect_action("fix1", REVERT, 0, -EBUSY);
    expect_get_refused("fix1", -EPERM);
    assert_int_equal(run_command("revert", "fix1", NULL)->outcome, 2);
}

static void unload_of_what_others_use_is_exit_16_and_final(void **state)
{
    const struct run *run;

    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", UNLOAD, 0, -EBUSY);
    expect_get("fix1", CHECKED, 0);
    run = run_command("unload", "fix1", "--retries=5", NULL);
    assert_contains(run->err, "another loaded payload uses what this one has");
    assert_int_equal(run->outcome, 16);
    assert_int_equal(fake_delayed_ms, 0);
}

/* Ours, and stock Xen's words. */
static void errno_of_a_hook_is_the_hooks_and_exit_17(void **state)
{
    static const char *const lines[] = {
        "(XEN) livepatch: fix1: not applied: its own hook says -28\n",
        "(XEN) livepatch: fix1: pre-apply hook failed (rc=-28)\n",
    };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const struct run *run;

        fake_reset();
        expect_get("fix1", CHECKED, 0);
        expect_action("fix1", APPLY, 0, -ENOSPC);
        and_console_gets(lines[i]);
        run = run_command("apply", "fix1", NULL);
        assert_contains(run->err,
                        "Error 28: No space left on device\n"
                        "xen-livepatch: apply of fix1: ENOSPC: a hook of the "
                        "payload forbade it; this error is the hook's own");
        assert_contains(run->err, lines[i]);
        assert_int_equal(run->outcome, 17);
        fake_verify();
    }
}

static void hook_that_says_busy_is_not_tried_again(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", CHECKED, -EBUSY);
    and_console_gets("(XEN) livepatch: fix1: not applied: the apply hook of "
                     "'fix1' says -16\n");
    assert_int_equal(run_command("apply", "fix1", "--retries=3", NULL)->outcome,
                     17);
    assert_int_equal(fake_delayed_ms, 0);
}

static void old_hook_line_is_no_veto(void **state)
{
    (void)state;
    fake_console_set("(XEN) livepatch: fix1: its own hook says -22\n", 0);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EINVAL);
    assert_int_equal(run_command("apply", "fix1", NULL)->outcome, 1);
}

static void line_that_only_looks_like_a_hooks_is_no_veto(void **state)
{
    (void)state;
    expect_get("hook-22", CHECKED, 0);
    expect_action("hook-22", APPLY, 0, -EINVAL);
    and_console_gets("(XEN) livepatch: hook-22: depends on build-id 11, but "
                     "the hypervisor is 12\n");
    assert_int_equal(run_command("apply", "hook-22", NULL)->outcome, 1);
}

static void replace_names_whose_hooks_forbid_it(void **state)
{
    const struct run *run;

    (void)state;
    expect_get("fix2", CHECKED, 0);
    expect_action("fix2", REPLACE, 0, -EOPNOTSUPP);
    and_console_gets("(XEN) livepatch: fix2: cannot replace: 'fix\033' has pre "
                     "or post hooks\n");
    run = run_command("replace", "fix2", NULL);
    assert_contains(run->err,
                    "xen-livepatch: replace of fix2: EOPNOTSUPP: the payload "
                    "'fix\\x1b' has pre or post hooks, and a replace calls "
                    "none.\n"
                    "Revert the others, then apply it.\n");
    assert_int_equal(run->outcome, 1);
}

/* Flags of an upload came without a new interface version. */
static void refused_force_is_blamed_where_it_is_not_known(void **state)
{
    static const struct {
        int minor;
        const char *why;
    } rows[] = {
        {18, "takes no flags with an upload, so no --force"},
        {19, "the payload is malformed"},
    };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        fake_reset();
        fake_be_minor(rows[i].minor);
        write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
        expect_force();
        expect_upload("fix1", sample_payload, sizeof(sample_payload), -EINVAL);
        assert_contains(
            run_command("--force", "upload", "fix1", "fix1.livepatch", NULL)
                ->err,
            rows[i].why);
        fake_verify();
    }
}

static void more_time_is_advised_than_was_given(void **state)
{
    static const struct {
        const char *timeout;
        uint32_t ns;
        const char *advice;
    } rows[] = {
        {"30ms", 30000000, "more time (--timeout 100ms)"},
        {"200ms", 200000000, "more time (--timeout 400ms)"},
        {"4s", 4000000000U, "More time will hardly help"},
    };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        fake_reset();
        expect_timeout(rows[i].ns);
        expect_get("fix1", CHECKED, 0);
        expect_action("fix1", APPLY, 0, 0);
        expect_get("fix1", CHECKED, -EBUSY);
        assert_contains(
            run_command("apply", "fix1", "--timeout", rows[i].timeout, NULL)
                ->err,
            rows[i].advice);
        fake_verify();
    }
}

/* 4.17 speaks the version in which 4.19 got flags (the fake is a 4.17). */
static void force_on_a_release_without_flags_is_told_as_that(void **state)
{
    (void)state;
    write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
    expect_force();
    expect_upload("fix1", sample_payload, sizeof(sample_payload), -EINVAL);
    assert_contains(
        run_command("--force", "upload", "fix1", "fix1.livepatch", NULL)->err,
        "so no --force: it is older than Xen 4.19.\nLeave --force out.\n");
}

static void failure_as_json_has_code_errno_text_and_log(void **state)
{
    const struct run *run;

    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EINVAL);
    and_console_gets("(XEN) livepatch: fix1: first\n"
                     "(XEN) livepatch: fix1: second\n");
    run = run_command("--json", "apply", "fix1", NULL);
    assert_contains(run->out, "  \"error\": 22,\n"
                              "  \"failure\": {\n"
                              "    \"error_name\": \"EINVAL\",\n"
                              "    \"log\": [\n"
                              "      \"(XEN) livepatch: fix1: first\",\n"
                              "      \"(XEN) livepatch: fix1: second\"\n"
                              "    ],\n"
                              "    \"code\": \"does-not-fit\",\n"
                              "    \"text\": \"Error 22: Invalid argument\\n"
                              "xen-livepatch: apply of fix1: EINVAL: ");
}

static void codes_tell_failures_apart(void **state)
{
    (void)state;
    expect_get_refused("fix1", -ENOENT);
    expect_list_sizes(1, NULL, 0);
    assert_contains(run_command("--json", "apply", "fix1", NULL)->out,
                    "\"code\": \"not-loaded\"");
    expect_get("fix1", APPLIED, 0);
    assert_contains(run_command("--json", "unload", "fix1", NULL)->out,
                    "\"code\": \"wrong-state\"");
    assert_contains(run_command("--json", "aply", NULL)->out,
                    "\"code\": \"unknown-command\"");
    assert_contains(run_command("--json", "list", "x", NULL)->out,
                    "\"code\": \"bad-operands\"");
    assert_contains(run_command("--json", "list", "--foo", NULL)->out,
                    "\"code\": \"bad-option\"");
    fake_fail_open(-ENOENT);
    assert_contains(run_command("--json", "list", NULL)->out,
                    "\"code\": \"no-interface\"");
}

static void error_that_a_retry_cured_is_not_kept(void **state)
{
    const struct run *run;

    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EBUSY);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", APPLIED, 0);
    run = run_command("--json", "--retries=1", "apply", "fix1", NULL);
    assert_string_equal(run->out, "{\n"
                                  "  \"command\": \"apply\",\n"
                                  "  \"name\": \"fix1\",\n"
                                  "  \"exit_status\": 0\n"
                                  "}\n");
}

static void name_with_a_slip_is_told_with_the_nearest(void **state)
{
    (void)state;
    expect_get_refused("fix11", -ENOENT);
    expect_two_listed();
    assert_contains(run_command("apply", "fix11", NULL)->err,
                    "xen-livepatch: did you mean 'fix1'?\n");
}

static void file_name_in_place_of_a_name_is_told(void **state)
{
    (void)state;
    expect_get_refused("fix9.livepatch", -ENOENT);
    expect_list_sizes(1, NULL, 0);
    assert_contains(run_command("apply", "fix9.livepatch", NULL)->err,
                    "xen-livepatch: 'fix9.livepatch' looks like a file's name, "
                    "and a payload's is wanted: once it is loaded, that is "
                    "'fix9'.");
}

static void upload_the_wrong_way_round_is_told(void **state)
{
    (void)state;
    write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
    assert_run(run_command("upload", "fix1.livepatch", "fix1", NULL), 3, "",
               "xen-livepatch: upload: 'fix1' is no file, but "
               "'fix1.livepatch' is: the name comes first.\n"
               "Usage: xen-livepatch upload NAME FILE\n");
    assert_int_equal(fake_nr_calls(), 0);
}

static void executable_is_no_payload(void **state)
{
    (void)state;
    assert_int_equal(system("printf 'int main(void){return 0;}' | "
                            "cc -xc - -o program"),
                     0);
    assert_contains(run_command("load", "program", NULL)->err,
                    "program: an executable or a library (ELF type 3), "
                    "expected a relocatable file (1), such as "
                    "fix1.livepatch.\n");
}

static void interface_whose_open_sleeps_is_explained(void **state)
{
    const struct run *run;

    (void)state;
    fake_fail_open(-ETIMEDOUT);
    run = run_command("list", NULL);
    assert_contains(run->err, "opening it does not come to an end");
    assert_contains(run->err, "modprobe xen-privcmd unrestricted=1");
    assert_int_equal(run->outcome, 6);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(revert_of_what_is_not_the_newest_is_exit_16_and_final),
        TEST(revert_of_the_only_one_is_busy),
        TEST(revert_that_is_under_way_is_busy),
        TEST(revert_of_what_does_not_answer_is_busy),
        TEST(unload_of_what_others_use_is_exit_16_and_final),
        TEST(errno_of_a_hook_is_the_hooks_and_exit_17),
        TEST(hook_that_says_busy_is_not_tried_again),
        TEST(old_hook_line_is_no_veto),
        TEST(refused_force_is_blamed_where_it_is_not_known),
        TEST(line_that_only_looks_like_a_hooks_is_no_veto),
        TEST(replace_names_whose_hooks_forbid_it),
        TEST(more_time_is_advised_than_was_given),
        TEST(force_on_a_release_without_flags_is_told_as_that),
        TEST(failure_as_json_has_code_errno_text_and_log),
        TEST(codes_tell_failures_apart),
        TEST(error_that_a_retry_cured_is_not_kept),
        TEST(name_with_a_slip_is_told_with_the_nearest),
        TEST(file_name_in_place_of_a_name_is_told),
        TEST(upload_the_wrong_way_round_is_told),
        TEST(executable_is_no_payload),
        TEST(interface_whose_open_sleeps_is_explained),
    };

    return cmocka_run_group_tests_name("xen-livepatch refusals", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
