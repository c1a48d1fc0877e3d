// SPDX-License-Identifier: GPL-2.0
/*
 * The watch over hooks: when a call is overdue, who says so and how, and what a
 * report says of the call that it comes from.
 */
#include "hook_payload.h"

#include <sys/wait.h>
#include <unistd.h>

#include <xen/livepatch.h>

#include "host/boot_option.h"
#include "host/clock.h"
#include "host/pcpu.h"
#include "watch.h"

#define BOUND SECONDS(10) /* unless the boot option says otherwise */

static int function;

static struct lp_watched call_of(const char *payload, bool is_in_stop)
{
    struct lp_watched call = {
        .what = "load hook",
        .fn = &function,
        .is_in_stop = is_in_stop,
    };

    strlcpy(call.payload, payload, sizeof(call.payload));
    return call;
}

static struct lp_watch begin(const char *payload, bool is_in_stop)
{
    const struct lp_watched call = call_of(payload, is_in_stop);
    struct lp_watch watch;

    lp_watch_begin(&watch, &call);
    return watch;
}

static void look(void *arg)
{
    (void)arg;
    lp_watch_look();
}

static void call_within_its_bound_is_left_alone(void **state)
{
    struct lp_watch watch;

    (void)state;
    host_clock_fake(SECONDS(1));
    lp_watch_look();
    watch = begin("fix", false);
    host_clock_advance(BOUND - 1);
    lp_watch_look();
    lp_watch_end(&watch);
    host_clock_advance(BOUND);
    lp_watch_look();
    assert_string_equal(host_log(), "");
}

static void overdue_call_is_told_of_once(void **state)
{
    struct lp_watch watch;

    (void)state;
    host_clock_fake(SECONDS(1));
    watch = begin("fix", false);
    host_clock_advance(BOUND);
    livepatch_watch();
    livepatch_watch();
    assert_logged("livepatch: fix: its load hook at ");
    assert_logged(" has not come back for 10000 ms");
    assert_int_equal(host_log_count("livepatch: "), 1);
    lp_watch_end(&watch);
}

static void overdue_call_in_the_stop_ends_in_a_report(void **state)
{
    (void)state;
    host_clock_fake(SECONDS(1));
    (void)begin("fix", true);
    host_clock_advance(BOUND);
    assert_panics(look, NULL, "livepatch: fix: its load hook at ");
    /* Nobody else reports it. */
    lp_watch_look();
}

static void inner_call_hides_the_outer_one(void **state)
{
    struct lp_watch outer, inner;

    (void)state;
    host_clock_fake(SECONDS(1));
    outer = begin("outer", false);
    host_clock_advance(BOUND - 1);
    inner = begin("inner", false);
    host_clock_advance(1);
    lp_watch_look();
    assert_string_equal(host_log(), "");
    livepatch_report();
    assert_logged("livepatch: inner: this happened in its load hook at ");
    lp_watch_end(&inner);
    lp_watch_look();
    assert_logged("livepatch: outer: its load hook at ");
    lp_watch_end(&outer);
}

/* Its printing would run text that is being written. */
static void watch_that_is_held_tells_nothing(void **state)
{
    struct lp_watch watch;
    s_time_t held;

    (void)state;
    host_clock_fake(SECONDS(1));
    watch = begin("fix", false);
    held = lp_watch_hold();
    host_clock_advance(BOUND);
    lp_watch_look();
    livepatch_watch();
    assert_string_equal(host_log(), "");
    lp_watch_release(held);
    lp_watch_look();
    assert_logged("livepatch: fix: its load hook at ");
    lp_watch_end(&watch);
}

static void report_from_outside_names_no_call(void **state)
{
    struct lp_watched call = call_of("fix", false);
    struct lp_watch watch;

    (void)state;
    livepatch_report();
    call.cpu = 1;
    lp_watch_begin(&watch, &call);
    livepatch_report();
    assert_string_equal(host_log(), "");
    lp_watch_end(&watch);
}

static void bound_is_a_boot_option(void **state)
{
    struct lp_watch watch;

    (void)state;
    assert_int_equal(host_boot_option("livepatch_hook_timeout", "0"), -EINVAL);
    assert_int_equal(host_boot_option("livepatch_hook_timeout", "60001"),
                     -EINVAL);
    assert_int_equal(host_boot_option("livepatch_hook_timeout", "5x"), -EINVAL);
    assert_int_equal(host_boot_option("livepatch_hook_timeout", "5"), 0);
    host_clock_fake(SECONDS(1));
    watch = begin("fix", false);
    host_clock_advance(MILLISECS(5));
    lp_watch_look();
    assert_logged(" has not come back for 5 ms");
    lp_watch_end(&watch);
    assert_int_equal(host_boot_option("livepatch_hook_timeout", "10000"), 0);
}

/* ---- in a stop ---------------------------------------------------------- */

static volatile bool goes_on;

static void never_come_back(void)
{
    while (!goes_on) {
    }
}

static int report_pipe[2];

static void hear(const char *message)
{
    const ssize_t length = strlen(message);

    _exit(write(report_pipe[1], message, length) == length ? 42 : 1);
}

static void hang_in_a_stop(void)
{
    static const struct test_hook hooks[] = {{LP_HOOK_LOAD, never_come_back}};
    const struct hook_payload what = {
        .function = "answer", .id = 1, .hooks = hooks, .nr_hooks = 1};
    struct lp_payload *fix = must_load_hook_payload(&what, "fix");

    host_on_panic(hear);
    (void)host_boot_option("livepatch_hook_timeout", "50");
    host_cpus_start(3);
    (void)try_action(lp_action_apply, fix, 0, 4000000000);
    _exit(0);
}

/* Of those who stand still one keeps watch, and ends what never would. */
static void hook_that_hangs_in_the_stop_is_reported(void **state)
{
    char message[256] = "";
    int status;
    pid_t child;

    (void)state;
    assert_int_equal(pipe(report_pipe), 0);
    child = fork();
    if (child == 0) {
        hang_in_a_stop();
    }
    close(report_pipe[1]);
    assert_true(read(report_pipe[0], message, sizeof(message) - 1) > 0);
    close(report_pipe[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 42);
    assert_non_null(strstr(message, "livepatch: fix: its load hook at "));
    assert_non_null(strstr(message, "has not come back for 50 ms"));
}

static int apply_late(livepatch_payload_t *payload)
{
    host_clock_advance(BOUND);
    return apply_payload(payload);
}

static int revert_late(livepatch_payload_t *payload)
{
    host_clock_advance(BOUND);
    return revert_payload(payload);
}

/* The host looks after hooks whenever it writes text. */
static void text_is_written_with_the_watch_held(void **state)
{
    static const struct test_hook hooks[] = {{LP_HOOK_APPLY, apply_late},
                                             {LP_HOOK_REVERT, revert_late}};
    const struct hook_payload what = {
        .function = "answer", .id = 1, .hooks = hooks, .nr_hooks = 2};
    struct lp_payload *fix = must_load_hook_payload(&what, "fix");

    (void)state;
    host_clock_fake(SECONDS(1));
    must_apply(fix);
    assert_int_equal(host_log_count("has not come back"), 0);
    must_revert(fix);
    assert_int_equal(host_log_count("has not come back"), 0);
    host_clock_real();
    must_unload(fix);
}

static void revert_after_it(livepatch_payload_t *payload)
{
    host_clock_advance(BOUND);
    assert_int_equal(revert_payload(payload), 0);
}

/* Nor does the stop that a post hook asks for end a post hook's time. */
static void watch_over_a_post_hook_rests_in_its_stop(void **state)
{
    static const struct test_hook hooks[] = {
        {LP_HOOK_POSTAPPLY, revert_after_it}};
    const struct hook_payload what = {
        .function = "answer", .id = 1, .hooks = hooks, .nr_hooks = 1};
    struct lp_payload *fix = must_load_hook_payload(&what, "fix");

    (void)state;
    host_clock_fake(SECONDS(1));
    assert_int_equal(try_action(lp_action_apply, fix, 0, 0), 0);
    assert_int_equal(host_log_count("has not come back"), 0);
    assert_true(host_text_is_pristine());
    host_clock_real();
    must_unload(fix);
}

static unsigned int nr_sleeping;

static void count_sleepers(void)
{
    nr_sleeping = host_cpus_waiting();
}

/* Without hooks all sleep; with them all but the one that keeps watch. */
static void only_a_stop_with_hooks_is_watched(void **state)
{
    static const struct test_hook hooks[] = {{LP_HOOK_LOAD, count_sleepers}};
    const struct hook_payload what = {
        .function = "answer", .id = 1, .hooks = hooks, .nr_hooks = 1};
    struct lp_payload *plain = must_load_described(&payload_simple, "plain");
    struct lp_payload *hooked;

    (void)state;
    assert_false(lp_watch_is_expected());
    must_apply(plain);
    must_revert(plain);
    must_unload(plain);
    hooked = must_load_hook_payload(&what, "hooked");
    host_cpus_start(2);
    nr_sleeping = 77;
    must_apply(hooked);
    assert_int_equal(nr_sleeping, 0);
    assert_false(lp_watch_is_expected());
    must_revert(hooked);
    must_unload(hooked);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, call_within_its_bound_is_left_alone);
    host_add(&tests, overdue_call_is_told_of_once);
    host_add(&tests, inner_call_hides_the_outer_one);
    host_add(&tests, watch_that_is_held_tells_nothing);
    host_add(&tests, report_from_outside_names_no_call);
    host_add(&tests, bound_is_a_boot_option);
    host_add(&tests, hook_that_hangs_in_the_stop_is_reported);
    host_add(&tests, text_is_written_with_the_watch_held);
    host_add(&tests, watch_over_a_post_hook_rests_in_its_stop);
    host_add(&tests, only_a_stop_with_hooks_is_watched);
    /* Last: that call is never over. */
    host_add(&tests, overdue_call_in_the_stop_ends_in_a_report);
    return host_run(&tests);
}
