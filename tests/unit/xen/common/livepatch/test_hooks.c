// SPDX-License-Identifier: GPL-2.0
/*
 * Hooks: which pointers are taken, when each kind runs, what it is told and
 * what its answer does.
 */
#include "hook_payload.h"

#include <xen/livepatch.h>

#include "host/clock.h"
#include "host/pcpu.h"
#include "host/window.h"

#define NR(array) (sizeof(array) / sizeof((array)[0]))

static int answer_of_hook;
static int rc_seen;
static unsigned int nr_marked;

static int function_now(void)
{
    return host_call("answer");
}

/* Notes a letter, in upper case when the replacement is in force. */
static void note_with_text(char letter)
{
    note(function_now() == 42 ? letter - 'a' + 'A' : letter);
}

static int preapply(livepatch_payload_t *payload)
{
    (void)payload;
    note_with_text('p');
    return answer_of_hook;
}

static void postapply(livepatch_payload_t *payload)
{
    rc_seen = payload->rc;
    note_with_text('q');
}

static int prerevert(livepatch_payload_t *payload)
{
    (void)payload;
    note_with_text('r');
    return answer_of_hook;
}

static void postrevert(livepatch_payload_t *payload)
{
    rc_seen = payload->rc;
    note_with_text('s');
}

static void load(void)
{
    note_with_text('l');
}

static void load_too(void)
{
    note_with_text('m');
}

static void unload(void)
{
    note_with_text('u');
}

/* Marks the first nr_marked entries, as a hook does that did their work. */
static int action(livepatch_payload_t *payload)
{
    note_with_text('a');
    assert_string_equal(payload->name, "fix");
    for (unsigned int i = 0; i < nr_marked; i++) {
        payload->fstate[i].applied = LIVEPATCH_FUNC_APPLIED;
    }
    return answer_of_hook;
}

static int undo(livepatch_payload_t *payload)
{
    note_with_text('d');
    for (unsigned int i = 0; i < nr_marked; i++) {
        payload->fstate[i].applied = LIVEPATCH_FUNC_NOT_APPLIED;
    }
    return answer_of_hook;
}

static const struct test_hook around[] = {
    {LP_HOOK_PREAPPLY, preapply},   {LP_HOOK_POSTAPPLY, postapply},
    {LP_HOOK_PREREVERT, prerevert}, {LP_HOOK_POSTREVERT, postrevert},
    {LP_HOOK_LOAD, load},           {LP_HOOK_LOAD, load_too},
    {LP_HOOK_UNLOAD, unload},
};

static const struct test_hook actions[] = {
    {LP_HOOK_APPLY, action},
    {LP_HOOK_REVERT, undo},
    {LP_HOOK_LOAD, load},
    {LP_HOOK_UNLOAD, unload},
};

static struct lp_payload *load_with(const struct test_hook *hooks,
                                    unsigned int nr)
{
    const struct hook_payload what = {
        .function = "answer", .id = 1, .hooks = hooks, .nr_hooks = nr};

    noted[0] = '\0';
    answer_of_hook = 0;
    nr_marked = 1;
    rc_seen = 77;
    return must_load_hook_payload(&what, "fix");
}

/* Small letters: the old function is in force; capitals: the new one. */
static void hooks_run_around_the_change_of_text(void **state)
{
    struct lp_payload *fix = load_with(around, NR(around));

    (void)state;
    must_apply(fix);
    assert_string_equal(noted, "plmQ");
    assert_int_equal(rc_seen, 0);
    must_revert(fix);
    assert_string_equal(noted, "plmQRus");
    must_unload(fix);
}

static void take_a_millisecond(void)
{
    host_clock_advance(MILLISECS(1));
}

static void log_tells_how_long_pcpus_stood(void **state)
{
    static const struct test_hook hooks[] = {
        {LP_HOOK_LOAD, take_a_millisecond}};
    struct lp_payload *fix = load_with(hooks, NR(hooks));

    (void)state;
    host_clock_fake(SECONDS(1));
    must_apply(fix);
    assert_logged("1 pCPUs stopped for 1000000 ns (0 gathering)");
    must_revert(fix);
    assert_logged("1 pCPUs stopped for 0 ns (0 gathering)");
    host_clock_real();
    must_unload(fix);
}

static void hook_that_came_back_is_not_waited_for(void **state)
{
    struct lp_payload *fix = load_with(around, NR(around));

    (void)state;
    host_clock_fake(SECONDS(1));
    must_apply(fix);
    host_clock_advance(SECONDS(60));
    livepatch_watch();
    assert_false(host_log_holds("has not come back"));
    must_revert(fix);
    host_clock_real();
    must_unload(fix);
}

static void veto_is_the_answer_and_the_rc(void **state)
{
    struct lp_payload *fix = load_with(around, NR(around));

    (void)state;
    answer_of_hook = -ENOSPC;
    assert_int_equal(try_apply(fix, 0), -ENOSPC);
    assert_int_equal(fix->rc, -ENOSPC);
    assert_int_equal(fix->state, LP_CHECKED);
    assert_string_equal(noted, "p");
    assert_logged("not applied: its own hook says -28");
    answer_of_hook = 0;
    must_apply(fix);
    answer_of_hook = -EPERM;
    assert_int_equal(try_revert(fix), -EPERM);
    assert_int_equal(fix->state, LP_APPLIED);
    answer_of_hook = 0;
    must_revert(fix);
    must_unload(fix);
}

static void answer_that_is_no_errno_is_einval(void **state)
{
    static const int answers[] = {1, INT32_MAX, -4096, INT32_MIN};
    struct lp_payload *fix = load_with(around, NR(around));

    (void)state;
    for (unsigned int i = 0; i < NR(answers); i++) {
        answer_of_hook = answers[i];
        assert_int_equal(try_apply(fix, 0), -EINVAL);
    }
    must_unload(fix);
}

static void post_hook_runs_after_a_missed_deadline(void **state)
{
    struct lp_payload *fix = load_with(around, NR(around));

    (void)state;
    host_cpus_start(2);
    host_cpu_hold(1, HOST_AT_KICK);
    host_clock_fake(SECONDS(1));
    host_clock_jump_at(0, MILLISECS(31));
    assert_int_equal(try_apply(fix, 0), 0);
    assert_int_equal(fix->rc, -EBUSY);
    assert_string_equal(noted, "pq");
    assert_int_equal(rc_seen, -EBUSY);
    host_cpus_stop();
    host_clock_real();
    must_unload(fix);
}

/* There is nothing that it could see or undo. */
static void post_hook_without_a_pre_hook_needs_a_stop(void **state)
{
    static const struct test_hook post[] = {{LP_HOOK_POSTAPPLY, postapply}};
    struct lp_payload *fix = load_with(post, NR(post));

    (void)state;
    host_cpus_start(2);
    host_cpu_hold(1, HOST_AT_KICK);
    host_clock_fake(SECONDS(1));
    host_clock_jump_at(0, MILLISECS(31));
    assert_int_equal(try_apply(fix, 0), 0);
    assert_int_equal(fix->rc, -EBUSY);
    assert_string_equal(noted, "");
    host_cpus_stop();
    host_clock_real();
    must_apply(fix);
    assert_string_equal(noted, "Q");
    must_revert(fix);
    must_unload(fix);
}

static void action_hooks_take_the_place_of_all_else(void **state)
{
    struct lp_payload *fix = load_with(actions, NR(actions));

    (void)state;
    must_apply(fix);
    assert_string_equal(noted, "a");
    assert_true(host_text_is_pristine());
    must_revert(fix);
    assert_string_equal(noted, "ad");
    must_unload(fix);
}

static void failing_action_hook_leaves_the_state(void **state)
{
    struct lp_payload *fix = load_with(actions, NR(actions));

    (void)state;
    answer_of_hook = -ENODATA;
    assert_int_equal(try_apply(fix, 0), 0);
    assert_int_equal(fix->rc, -ENODATA);
    assert_int_equal(fix->state, LP_CHECKED);
    assert_logged("not applied: the apply hook of 'fix' says -61");
    answer_of_hook = 0;
    must_apply(fix);
    answer_of_hook = -ENODATA;
    assert_int_equal(try_revert(fix), 0);
    assert_int_equal(fix->state, LP_APPLIED);
    answer_of_hook = 0;
    must_revert(fix);
    must_unload(fix);
}

/* Stock Xen panics here. */
static void action_hook_that_marks_nothing_has_failed(void **state)
{
    struct lp_payload *fix = load_with(actions, NR(actions));

    (void)state;
    nr_marked = 0;
    assert_int_equal(try_apply(fix, 0), 0);
    assert_int_equal(fix->rc, -EINVAL);
    assert_int_equal(fix->state, LP_CHECKED);
    must_unload(fix);
}

static void single_hook_that_is_null_is_absent(void **state)
{
    static const struct test_hook one[] = {{LP_HOOK_PREAPPLY, preapply}};
    const struct hook_payload what = {
        .function = "answer", .id = 1, .hooks = one, .nr_hooks = 1};
    struct payload_file file = make_hook_payload(&what);
    struct lp_payload *fix;

    (void)state;
    noted[0] = '\0';
    file_record(&file, ".rela.livepatch.hooks.preapply", 0)->r_info =
        ELF64_R_INFO(1, HOST_RELOC_NONE);
    fix = must_load(&file, "fix");
    must_apply(fix);
    assert_string_equal(noted, "");
    must_revert(fix);
    must_unload(fix);
    payload_file_free(&file);
}

static void assert_refused(struct payload_file file, const char *says)
{
    assert_int_equal(try_load(&file, "fix"), -EINVAL);
    assert_logged(says);
    assert_int_equal(host_log_errors(), 1);
    payload_file_free(&file);
}

static void null_among_load_hooks_is_einval(void **state)
{
    static const struct test_hook one[] = {{LP_HOOK_LOAD, load}};
    const struct hook_payload what = {
        .function = "answer", .id = 1, .hooks = one, .nr_hooks = 1};
    struct payload_file file = make_hook_payload(&what);

    (void)state;
    file_record(&file, ".rela.livepatch.hooks.load", 0)->r_info =
        ELF64_R_INFO(1, HOST_RELOC_NONE);
    assert_refused(file, "load hook at");
}

static void hook_outside_the_payload_s_text_is_einval(void **state)
{
    static const struct test_hook one[] = {{LP_HOOK_POSTREVERT, postrevert}};
    const struct hook_payload what = {
        .function = "answer", .id = 1, .hooks = one, .nr_hooks = 1};
    struct payload_file file = make_hook_payload(&what);

    (void)state;
    file_record(&file, ".rela.livepatch.hooks.postrevert", 0)->r_addend = 1
                                                                          << 20;
    assert_refused(file, "postrevert hook at");
}

static void two_hooks_of_a_single_kind_are_einval(void **state)
{
    static const struct test_hook two[] = {{LP_HOOK_APPLY, action},
                                           {LP_HOOK_APPLY, action}};
    const struct hook_payload what = {
        .function = "answer", .id = 1, .hooks = two, .nr_hooks = 2};

    (void)state;
    assert_refused(make_hook_payload(&what), "2 apply hooks, expected one");
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, hooks_run_around_the_change_of_text);
    host_add(&tests, log_tells_how_long_pcpus_stood);
    host_add(&tests, hook_that_came_back_is_not_waited_for);
    host_add(&tests, veto_is_the_answer_and_the_rc);
    host_add(&tests, answer_that_is_no_errno_is_einval);
    host_add(&tests, post_hook_runs_after_a_missed_deadline);
    host_add(&tests, post_hook_without_a_pre_hook_needs_a_stop);
    host_add(&tests, action_hooks_take_the_place_of_all_else);
    host_add(&tests, failing_action_hook_leaves_the_state);
    host_add(&tests, action_hook_that_marks_nothing_has_failed);
    host_add(&tests, single_hook_that_is_null_is_absent);
    host_add(&tests, null_among_load_hooks_is_einval);
    host_add(&tests, hook_outside_the_payload_s_text_is_einval);
    host_add(&tests, two_hooks_of_a_single_kind_are_einval);
    return host_run(&tests);
}
