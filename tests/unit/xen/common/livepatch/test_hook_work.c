// SPDX-License-Identifier: GPL-2.0
/*
 * Hooks that do the default work, or part of it, or say that they did: what
 * stands in the text in the end, and in which state the payload is.
 */
#include "hook_payload.h"

#include <xen/livepatch_payload.h>

#include "host/clock.h"
#include "host/pcpu.h"

#define NR(array) (sizeof(array) / sizeof((array)[0]))

/* What a hook does, in order: `w` the default work of an apply, `r` that of a
 * revert, each with its tail; `a` or `n` marks all entries applied or not
 * applied; `!` then fails. */
static const char *apply_does, *revert_does, *post_does;
static int result_of_work;

static void mark(livepatch_payload_t *payload, enum livepatch_func_state as)
{
    for (unsigned int i = 0; i < payload->nfuncs; i++) {
        payload->fstate[i].applied = as;
    }
}

static int perform(livepatch_payload_t *payload, const char *what)
{
    for (; *what; what++) {
        switch (*what) {
        case 'w':
            result_of_work = apply_payload(payload);
            apply_payload_tail(payload);
            break;
        case 'r':
            result_of_work = revert_payload(payload);
            revert_payload_tail(payload);
            break;
        case 'a':
            mark(payload, LIVEPATCH_FUNC_APPLIED);
            break;
        case 'n':
            mark(payload, LIVEPATCH_FUNC_NOT_APPLIED);
            break;
        default:
            return -ENODATA;
        }
    }
    return 0;
}

static int on_apply(livepatch_payload_t *payload)
{
    note('a');
    return perform(payload, apply_does);
}

static int on_revert(livepatch_payload_t *payload)
{
    note('r');
    return perform(payload, revert_does);
}

static void on_load(void)
{
    note('l');
}

static void on_unload(void)
{
    note('u');
}

static const struct test_hook all[] = {
    {LP_HOOK_APPLY, on_apply},
    {LP_HOOK_REVERT, on_revert},
    {LP_HOOK_LOAD, on_load},
    {LP_HOOK_UNLOAD, on_unload},
};

static struct lp_payload *load_hooked(const char *name, const char *function,
                                      uint8_t id, const struct test_hook *hooks,
                                      unsigned int nr)
{
    const struct hook_payload what = {
        .function = function, .id = id, .hooks = hooks, .nr_hooks = nr};

    noted[0] = '\0';
    return must_load_hook_payload(&what, name);
}

static struct lp_payload *load_fix(void)
{
    return load_hooked("fix", "answer", 1, all, NR(all));
}

/* ---- what hooks do and say -------------------------------------------- */

struct apply_row {
    const char *name, *does;
    int rc;
    enum lp_state state;
    int answer; /* of the function afterwards */
    const char *noted;
};

static const struct apply_row applies[] = {
    {"apply_hook_may_do_the_default_work", "w", 0, LP_APPLIED, 42, "al"},
    {"work_that_is_done_is_not_done_again", "ww", 0, LP_APPLIED, 42, "al"},
    {"apply_hook_may_leave_the_text_alone", "a", 0, LP_APPLIED, 1, "a"},
    {"work_taken_back_by_its_hook_counts_as_marked", "wra", 0, LP_APPLIED, 1,
     "alu"},
    {"apply_hook_that_marks_nothing_is_not_believed", "", -EINVAL, LP_CHECKED,
     1, "a"},
    {"apply_hook_that_worked_and_unmarks_is_not_believed", "wn", -EINVAL,
     LP_CHECKED, 1, "alu"},
    {"apply_hook_that_worked_and_fails_is_undone", "w!", -ENODATA, LP_CHECKED,
     1, "alu"},
    {"apply_hook_that_fails_leaves_all", "a!", -ENODATA, LP_CHECKED, 1, "a"},
};

static void apply_hook_does(void **state)
{
    const struct apply_row *row = *state;
    struct lp_payload *fix = load_fix();

    apply_does = row->does;
    revert_does = "rn";
    assert_int_equal(try_apply(fix, 0), 0);
    assert_int_equal(fix->rc, row->rc);
    assert_int_equal(fix->state, row->state);
    assert_int_equal(host_call("answer"), row->answer);
    assert_string_equal(noted, row->noted);
    if (fix->state == LP_APPLIED) {
        must_revert(fix);
    }
    assert_true(host_text_is_pristine());
    assert_int_equal(fix->fstate[0].applied, LIVEPATCH_FUNC_NOT_APPLIED);
    must_unload(fix);
}

struct revert_row {
    const char *name, *applied_by, *does;
    int rc;
    enum lp_state state;
    int answer;
    const char *noted;
};

static const struct revert_row reverts[] = {
    {"revert_hook_may_do_the_default_work", "w", "r", 0, LP_CHECKED, 1, "ru"},
    {"revert_of_work_that_was_never_done_is_believed", "a", "n", 0, LP_CHECKED,
     1, "r"},
    {"revert_hook_that_only_marks_is_not_believed", "w", "n", -EINVAL,
     LP_APPLIED, 42, "r"},
    {"revert_hook_that_does_nothing_is_not_believed", "w", "", -EINVAL,
     LP_APPLIED, 42, "r"},
    {"revert_hook_that_reverted_and_marks_otherwise_is_not_believed", "w", "ra",
     -EINVAL, LP_APPLIED, 42, "rul"},
    {"revert_hook_that_reverted_and_fails_is_undone", "w", "r!", -ENODATA,
     LP_APPLIED, 42, "rul"},
    {"revert_hook_that_fails_leaves_all", "w", "n!", -ENODATA, LP_APPLIED, 42,
     "r"},
    {"failed_revert_does_not_put_in_what_never_stood", "a", "!", -ENODATA,
     LP_APPLIED, 1, "r"},
};

static void revert_hook_does(void **state)
{
    const struct revert_row *row = *state;
    struct lp_payload *fix = load_fix();

    apply_does = row->applied_by;
    must_apply(fix);
    noted[0] = '\0';
    revert_does = row->does;
    assert_int_equal(try_revert(fix), 0);
    assert_int_equal(fix->rc, row->rc);
    assert_int_equal(fix->state, row->state);
    assert_int_equal(host_call("answer"), row->answer);
    assert_string_equal(noted, row->noted);
    if (fix->state == LP_APPLIED) {
        assert_int_equal(fix->fstate[0].applied, LIVEPATCH_FUNC_APPLIED);
        assert_int_equal(try_unload(fix), -EINVAL);
        revert_does = "rn";
        must_revert(fix);
    }
    assert_true(host_text_is_pristine());
    must_unload(fix);
}

static void disbelief_is_logged(void **state)
{
    struct lp_payload *fix = load_fix();

    (void)state;
    apply_does = "w";
    must_apply(fix);
    revert_does = "n";
    assert_int_equal(try_revert(fix), 0);
    assert_logged("fix: not reverted: the revert hook of 'fix' says 0, but its "
                  "marks or the text say otherwise");
    revert_does = "r";
    must_revert(fix);
    must_unload(fix);
}

/* Without an apply hook the default work was the action's own. */
static void revert_hook_alone_is_held_to_the_text(void **state)
{
    static const struct test_hook one[] = {{LP_HOOK_REVERT, on_revert}};
    struct lp_payload *fix = load_hooked("fix", "answer", 1, one, 1);

    (void)state;
    must_apply(fix);
    revert_does = "n";
    assert_int_equal(try_revert(fix), 0);
    assert_int_equal(fix->rc, -EINVAL);
    assert_int_equal(host_call("answer"), 42);
    assert_int_equal(try_unload(fix), -EINVAL);
    revert_does = "r";
    must_revert(fix);
    assert_true(host_text_is_pristine());
    must_unload(fix);
}

static int refuse(livepatch_payload_t *payload)
{
    (void)payload;
    return -EPERM;
}

/* What lies on a payload has noted the text as it was. REPLACE reverts both,
 * the new one fails, and the hook undoes its revert in another way than it once
 * applied. */
static void step_undone_in_another_way_leaves_the_text_as_it_was(void **state)
{
    static const struct test_hook no[] = {{LP_HOOK_APPLY, refuse}};
    struct lp_payload *low = load_fix();
    struct lp_payload *top = load_hooked("top", "answer", 2, NULL, 0);
    struct lp_payload *new = load_hooked("new", "question", 3, no, 1);

    (void)state;
    apply_does = "a";
    must_apply(low);
    assert_int_equal(try_apply(top, LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    revert_does = "n";
    apply_does = "w";
    assert_int_equal(try_replace(new, LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    assert_int_equal(new->rc, -EPERM);
    assert_false(low->is_written);
    assert_int_equal(low->fstate[0].applied, LIVEPATCH_FUNC_APPLIED);
    must_revert(top);
    assert_true(host_text_is_pristine());
    must_revert(low);
    assert_true(host_text_is_pristine());
    must_unload(low);
    must_unload(top);
    must_unload(new);
}

/* ---- from elsewhere ----------------------------------------------------- */

static int on_pre(livepatch_payload_t *payload)
{
    return perform(payload, post_does);
}

static void on_post(livepatch_payload_t *payload)
{
    note('P');
    (void)perform(payload, post_does);
}

/* Xen's own test of a revert that its hook does not make: the post hook does
 * it. */
static void post_hook_reverts_in_a_stop_of_its_own(void **state)
{
    static const struct test_hook hooks[] = {{LP_HOOK_REVERT, on_revert},
                                             {LP_HOOK_POSTREVERT, on_post},
                                             {LP_HOOK_UNLOAD, on_unload}};
    struct lp_payload *fix = load_hooked("fix", "answer", 1, hooks, 3);

    (void)state;
    must_apply(fix);
    revert_does = "!";
    post_does = "r";
    assert_int_equal(try_revert(fix), 0);
    assert_int_equal(result_of_work, 0);
    assert_string_equal(noted, "rPu");
    assert_int_equal(fix->rc, -ENODATA);
    assert_int_equal(fix->state, LP_CHECKED);
    assert_true(host_text_is_pristine());
    assert_logged("fix: reverted by its own post hook: 1 functions");
    must_unload(fix);
}

static s_time_t hold_for;

static void hold_the_other(livepatch_payload_t *payload)
{
    host_cpus_await_idle();
    host_cpu_hold(1, HOST_AT_KICK);
    host_clock_jump_at(0, hold_for);
    result_of_work = revert_payload(payload);
    host_cpu_let_go(1, HOST_AT_KICK);
}

/* A second, and what the action has if that is more. */
static void post_hook_s_stop_may_be_late_by_a_second(void **state)
{
    static const struct test_hook hooks[] = {
        {LP_HOOK_POSTAPPLY, hold_the_other}};
    struct lp_payload *fix = load_hooked("fix", "answer", 1, hooks, 1);

    (void)state;
    host_cpus_start(2);
    host_clock_fake(SECONDS(1));
    hold_for = MILLISECS(1001);
    assert_int_equal(try_action(lp_action_apply, fix, 0, MILLISECS(20)), 0);
    assert_int_equal(result_of_work, -EBUSY);
    assert_logged("not reverted by its own post hook: after 1001000000 ns");
    assert_int_equal(fix->state, LP_APPLIED);
    assert_int_equal(fix->rc, 0);
    host_clock_real();
    must_revert(fix);
    host_clock_fake(SECONDS(1));
    hold_for = MILLISECS(2001);
    assert_int_equal(try_action(lp_action_apply, fix, 0, SECONDS(2)), 0);
    assert_int_equal(result_of_work, -EBUSY);
    assert_logged("not reverted by its own post hook: after 2001000000 ns");
    host_clock_real();
    must_revert(fix);
    host_cpus_stop();
    must_unload(fix);
}

static void post_hook_applies_in_a_stop_of_its_own(void **state)
{
    static const struct test_hook hooks[] = {{LP_HOOK_POSTREVERT, on_post}};
    struct lp_payload *fix = load_hooked("fix", "answer", 1, hooks, 1);

    (void)state;
    must_apply(fix);
    post_does = "w";
    assert_int_equal(try_revert(fix), 0);
    assert_int_equal(result_of_work, 0);
    assert_int_equal(fix->state, LP_APPLIED);
    assert_int_equal(host_call("answer"), 42);
    post_does = "";
    must_revert(fix);
    must_unload(fix);
}

/* What forbids the action forbids it to a hook. */
static void post_hook_cannot_pull_out_what_others_lie_on(void **state)
{
    static const struct test_hook hooks[] = {{LP_HOOK_POSTREVERT, on_post}};
    struct lp_payload *low = load_hooked("low", "answer", 1, hooks, 1);
    struct lp_payload *top = load_hooked("top", "question", 2, hooks, 1);

    (void)state;
    must_apply(low);
    assert_int_equal(try_apply(top, LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    post_does = "rr";
    must_revert(top);
    assert_int_equal(result_of_work, -EINVAL);
    assert_logged("top: cannot revert a payload that is CHECKED");
    post_does = "";
    must_revert(low);
    must_unload(top);
    must_unload(low);
}

static void pre_hook_is_not_the_place(void **state)
{
    static const struct test_hook hooks[] = {{LP_HOOK_PREAPPLY, on_pre},
                                             {LP_HOOK_PREREVERT, on_pre}};
    struct lp_payload *fix = load_hooked("fix", "answer", 1, hooks, 2);

    (void)state;
    post_does = "w";
    result_of_work = 0;
    must_apply(fix);
    assert_int_equal(result_of_work, -EINVAL);
    post_does = "r";
    result_of_work = 0;
    must_revert(fix);
    assert_int_equal(result_of_work, -EINVAL);
    must_unload(fix);
}

static livepatch_payload_t *kept;

static int keep(livepatch_payload_t *payload)
{
    static livepatch_payload_t copy;

    copy = *payload;
    kept = &copy;
    return perform(payload, apply_does);
}

static int work_on_the_other(livepatch_payload_t *payload)
{
    (void)payload;
    return apply_payload(kept);
}

static void hook_works_on_its_own_payload_alone(void **state)
{
    static const struct test_hook first[] = {{LP_HOOK_APPLY, keep}};
    static const struct test_hook second[] = {
        {LP_HOOK_APPLY, work_on_the_other}};
    struct lp_payload *one = load_hooked("one", "answer", 1, first, 1);
    struct lp_payload *two = load_hooked("two", "question", 2, second, 1);

    (void)state;
    apply_does = "w";
    must_apply(one);
    assert_int_equal(try_apply(two, LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    assert_int_equal(two->rc, -EINVAL);
    assert_int_equal(apply_payload(kept), -EINVAL);
    must_revert(one);
    must_unload(two);
    must_unload(one);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, applies, apply_hook_does);
    host_add_rows(&tests, reverts, revert_hook_does);
    host_add(&tests, disbelief_is_logged);
    host_add(&tests, revert_hook_alone_is_held_to_the_text);
    host_add(&tests, step_undone_in_another_way_leaves_the_text_as_it_was);
    host_add(&tests, post_hook_reverts_in_a_stop_of_its_own);
    host_add(&tests, post_hook_s_stop_may_be_late_by_a_second);
    host_add(&tests, post_hook_applies_in_a_stop_of_its_own);
    host_add(&tests, post_hook_cannot_pull_out_what_others_lie_on);
    host_add(&tests, pre_hook_is_not_the_place);
    host_add(&tests, hook_works_on_its_own_payload_alone);
    return host_run(&tests);
}
