/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A signal in each hypercall of each step: what was sent is seen through, told
 * and logged, and nothing else is begun. And an open that sleeps.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"
#include "hypervisor/time_limit.h"

enum {
    UNLOAD = 1,
    APPLY = 3,
    CHECKED = 1,
    APPLIED = 2,
};

static const char told[] =
    "xen-livepatch: interrupted by SIGINT: this step was seen through and "
    "logged, no other one is begun. 'xen-livepatch status' shows how it "
    "stands.\n";

static void signal_during_an_action_lets_it_end(void **state)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const struct run *run;

        fake_reset();
        unlink("log");
        expect_get("fix1", CHECKED, 0);
        expect_action("fix1", APPLY, 0, 0);
        and_signal_comes(signals[i]);
        expect_get("fix1", CHECKED, -EAGAIN);
        expect_get("fix1", APPLIED, 0);
        run = run_command("--log=log", "apply", "fix1", NULL);
        assert_string_equal(run->out, "Applying fix1... completed\n");
        assert_contains(run->err, "this step was seen through and logged");
        assert_int_equal(run->outcome, 18);
        assert_int_equal(access("log", F_OK), 0);
        fake_verify();
    }
}

static void signal_while_the_end_is_awaited_lets_it_end(void **state)
{
    (void)state;
    unlink("log");
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", CHECKED, -EAGAIN);
    and_signal_comes(SIGINT);
    expect_get("fix1", APPLIED, 0);
    assert_run(run_command("--log=log", "apply", "fix1", NULL), 18,
               "Applying fix1... completed\n", told);
}

static void signal_during_the_upload_of_load_takes_it_back(void **state)
{
    (void)state;
    unlink("log");
    write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
    expect_upload("fix1", sample_payload, sizeof(sample_payload), 0);
    and_signal_comes(SIGINT);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", UNLOAD, 0, 0);
    expect_get_refused("fix1", -ENOENT);
    assert_int_equal(
        run_command("--log=log", "load", "fix1.livepatch", NULL)->outcome, 18);
}

static void signal_during_the_apply_of_load_leaves_it_applied(void **state)
{
    (void)state;
    write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
    expect_upload("fix1", sample_payload, sizeof(sample_payload), 0);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    and_signal_comes(SIGTERM);
    expect_get("fix1", APPLIED, 0);
    assert_int_equal(run_command("load", "fix1.livepatch", NULL)->outcome, 18);
}

static void signal_between_several_begins_no_other(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    and_signal_comes(SIGINT);
    expect_get("fix1", APPLIED, 0);
    assert_int_equal(run_command("-q", "apply", "fix1", "fix2", NULL)->outcome,
                     18);
}

static void signal_ends_the_retries(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EBUSY);
    and_signal_comes(SIGINT);
    assert_int_equal(run_command("apply", "fix1", "--retries=9", NULL)->outcome,
                     2);
    assert_int_equal(fake_delayed_ms, 0);
}

/* Nothing was sent yet: it ends at once, as ever. */
static void signal_before_the_request_ends_the_command(void **state)
{
    int status;
    pid_t child;

    (void)state;
    child = fork();
    if (!child) {
        expect_get("fix1", CHECKED, 0);
        and_signal_comes(SIGINT);
        expect_action("fix1", APPLY, 0, 0);
        run_command("apply", "fix1", NULL);
        _exit(99);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGINT);
}

static int open_fifo(void *closure)
{
    int fd = open(closure, O_RDONLY); /* sleeps until somebody writes */

    return fd < 0 ? -errno : close(fd);
}

static void open_that_sleeps_ends_after_the_limit(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("fifo", 0600), 0);
    assert_int_equal(time_limit_run(1, open_fifo, (void *)"fifo"), -ETIMEDOUT);
    assert_int_equal(time_limit_run(1, open_fifo, (void *)"none"), -ENOENT);
    assert_int_equal(time_limit_run(1, open_fifo, (void *)"/dev/null"), 0);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(signal_during_an_action_lets_it_end),
        TEST(signal_while_the_end_is_awaited_lets_it_end),
        TEST(signal_during_the_upload_of_load_takes_it_back),
        TEST(signal_during_the_apply_of_load_leaves_it_applied),
        TEST(signal_between_several_begins_no_other),
        TEST(signal_ends_the_retries),
        TEST(signal_before_the_request_ends_the_command),
        TEST(open_that_sleeps_ends_after_the_limit),
    };

    return cmocka_run_group_tests_name("xen-livepatch signals", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
