/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's log lines below a failure: which are shown, how, and when
 * there is silence.
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

static const char heading[] = "The hypervisor's log says:\n";

/* A refused apply during which the hypervisor prints `text`. */
static const struct run *fail_apply_with_log(const char *text)
{
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EFAULT);
    and_console_gets(text);
    return run_command("apply", "fix1", NULL);
}

static void failure_shows_the_new_lines_about_live_patching(void **state)
{
    (void)state;
    fake_console_set("(XEN) livepatch: fix0: old story\n(XEN) boot\n", 0);
    assert_run(fail_apply_with_log("(XEN) livepatch: fix1: first\n"
                                   "(XEN) d0v1: something else\n"
                                   "(XEN) livepatch: fix1: second\r\n"),
               1, "Applying fix1... failed\n",
               "Error 14: Bad address\n"
               "The hypervisor's log says:\n"
               "  (XEN) livepatch: fix1: first\n"
               "  (XEN) livepatch: fix1: second\n");
}

static void last_line_without_a_newline_is_shown_too(void **state)
{
    (void)state;
    assert_contains(fail_apply_with_log("livepatch: no newline")->err,
                    "  livepatch: no newline\n");
}

static void bytes_of_the_log_cannot_drive_the_terminal(void **state)
{
    (void)state;
    assert_contains(
        fail_apply_with_log("livepatch: \033]0;x\007\b\x9b\t\x7f\\\n")->err,
        "  livepatch: \\x1b]0;x\\x07\\x08\\x9b\\x09\\x7f\\\n");
}

static void no_new_line_means_no_heading(void **state)
{
    (void)state;
    fake_console_set("(XEN) livepatch: fix0: old story\n", 0);
    assert_lacks(fail_apply_with_log("(XEN) d0v1: something else\n")->err,
                 heading);
}

static void refused_console_is_silent(void **state)
{
    static const int refusals[] = {-EPERM, -ENOSYS, -EACCES};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        fake_reset();
        fake_console_refuse(refusals[i]);
        assert_string_equal(fail_apply_with_log("livepatch: x\n")->err,
                            "Error 14: Bad address\n");
        fake_verify();
    }
}

static void success_is_silent(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    and_console_gets("(XEN) livepatch: fix1: applied\n");
    expect_get("fix1", APPLIED, 0);
    assert_run(run_command("apply", "fix1", NULL), 0,
               "Applying fix1... completed\n", "");
}

static void verbose_success_shows_the_lines(void **state)
{
    static const char *const words[] = {"-v", "--verbose"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        fake_reset();
        expect_get("fix1", CHECKED, 0);
        expect_action("fix1", APPLY, 0, 0);
        and_console_gets("(XEN) livepatch: fix1: accepted\n");
        expect_get("fix1", APPLIED, 0);
        and_console_gets("(XEN) livepatch: fix1: applied\n");
        assert_run(run_command(words[i], "apply", "fix1", NULL), 0,
                   "Applying fix1... completed\n",
                   "xen-livepatch: this hypervisor does not tell how long the "
                   "pCPUs are stopped.\n"
                   "The hypervisor's log says:\n"
                   "  (XEN) livepatch: fix1: accepted\n"
                   "  (XEN) livepatch: fix1: applied\n");
        fake_verify();
    }
}

static void refused_upload_shows_its_lines(void **state)
{
    (void)state;
    write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
    expect_upload("fix1", sample_payload, sizeof(sample_payload), -EIO);
    and_console_gets("(XEN) livepatch: fix1: symbol 93 of 80\n");
    assert_run(run_command("load", "fix1.livepatch", NULL), 1,
               "Uploading fix1.livepatch... failed\n",
               "Error 5: Input/output error\n"
               "The hypervisor's log says:\n"
               "  (XEN) livepatch: fix1: symbol 93 of 80\n");
}

/* More than one window of the reader, at an odd size. */
static void long_ring_is_read_to_its_end(void **state)
{
    static char old[40001];

    (void)state;
    memset(old, 'o', sizeof(old) - 1);
    memcpy(old + 100, "\nlivepatch: old\n", 16);
    fake_console_set(old, 0);
    assert_string_equal(fail_apply_with_log("\nlivepatch: new\n")->err,
                        "Error 14: Bad address\n"
                        "The hypervisor's log says:\n"
                        "  livepatch: new\n");
}

static void ring_of_exactly_one_window_is_read_to_its_end(void **state)
{
    static char old[16 * 1024 + 1];

    (void)state;
    memset(old, 'o', sizeof(old) - 1);
    memcpy(old + sizeof(old) - 17, "\nlivepatch: old\n", 16);
    fake_console_set(old, 0);
    assert_contains(fail_apply_with_log("livepatch: new\n")->err,
                    "The hypervisor's log says:\n  livepatch: new\n");
}

static void index_may_wrap_around(void **state)
{
    (void)state;
    fake_console_set("livepatch: old\n", UINT32_MAX - 20);
    assert_string_equal(fail_apply_with_log("livepatch: new\n")->err,
                        "Error 14: Bad address\n"
                        "The hypervisor's log says:\n"
                        "  livepatch: new\n");
}

static void lines_that_the_ring_has_lost_are_missing(void **state)
{
    (void)state;
    fake_console_set("livepatch: old\n", 500);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EFAULT);
    and_console_gets("livepatch: lost\nlivepatch: kept\n");
    and_console_keeps(strlen("livepatch: kept\n"));
    assert_string_equal(run_command("apply", "fix1", NULL)->err,
                        "Error 14: Bad address\n"
                        "The hypervisor's log says:\n"
                        "  livepatch: kept\n");
}

static void old_lines_are_not_new_when_the_ring_restarts(void **state)
{
    (void)state;
    fake_console_restart_at_end();
    fake_console_set("livepatch: old\n", 500);
    assert_string_equal(fail_apply_with_log("")->err,
                        "Error 14: Bad address\n");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(failure_shows_the_new_lines_about_live_patching),
        TEST(last_line_without_a_newline_is_shown_too),
        TEST(bytes_of_the_log_cannot_drive_the_terminal),
        TEST(no_new_line_means_no_heading),
        TEST(refused_console_is_silent),
        TEST(success_is_silent),
        TEST(verbose_success_shows_the_lines),
        TEST(refused_upload_shows_its_lines),
        TEST(long_ring_is_read_to_its_end),
        TEST(ring_of_exactly_one_window_is_read_to_its_end),
        TEST(index_may_wrap_around),
        TEST(lines_that_the_ring_has_lost_are_missing),
        TEST(old_lines_are_not_new_when_the_ring_restarts),
    };

    return cmocka_run_group_tests_name("xen-livepatch log excerpt", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
