// SPDX-License-Identifier: GPL-2.0
/*
 * Several payloads in one stop: all steps in order, or none; and where each
 * payload is afterwards.
 */
#include "hook_payload.h"

#include "host/arena.h"
#include "host/clock.h"
#include "host/pcpu.h"
#include "stop.h"
#include "text_view.h"

#define LONG_TIMEOUT SECONDS(20)

static int answer_of_hook;
static bool marks;

static int mark(livepatch_payload_t *payload)
{
    note('a');
    if (marks) {
        payload->fstate[0].applied = LIVEPATCH_FUNC_APPLIED;
    }
    return answer_of_hook;
}

static int unmark(livepatch_payload_t *payload)
{
    note('r');
    if (marks) {
        payload->fstate[0].applied = LIVEPATCH_FUNC_NOT_APPLIED;
    }
    return answer_of_hook;
}

static void note_load(void)
{
    note('l');
}

static void note_unload(void)
{
    note('u');
}

static const struct test_hook action_hooks[] = {{LP_HOOK_APPLY, mark},
                                                {LP_HOOK_REVERT, unmark}};
static const struct test_hook load_hooks[] = {{LP_HOOK_LOAD, note_load},
                                              {LP_HOOK_UNLOAD, note_unload}};

static struct lp_payload *load(const char *name, const char *function,
                               uint8_t id, const struct test_hook *hooks,
                               unsigned int nr_hooks)
{
    const struct hook_payload what = {
        .function = function, .id = id, .hooks = hooks, .nr_hooks = nr_hooks};
    struct lp_payload *payload = must_load_hook_payload(&what, name);
    struct registry_locked locked = registry_lock();
    struct lp_step step = {.payload = payload, .is_apply = true};
    const struct lp_action alone = {.step = &step, .nr = 1};

    lp_text_view_save_old(locked, &alone, 0);
    registry_unlock(locked);
    noted[0] = '\0';
    answer_of_hook = 0;
    marks = true;
    return payload;
}

static struct lp_rendezvous_report report;
static const struct lp_payload *culprit;

static int run_within(struct lp_step *step, unsigned int nr, s_time_t timeout)
{
    struct lp_action action = {.step = step, .nr = nr, .culprit = LP_NO_STEP};

    lp_stop_run(&action, timeout, &report);
    culprit =
        action.culprit == LP_NO_STEP ? NULL : step[action.culprit].payload;
    return action.rc;
}

static int run(struct lp_step *step, unsigned int nr)
{
    return run_within(step, nr, LONG_TIMEOUT);
}

static void undo(struct lp_step *step, unsigned int nr)
{
    for (unsigned int i = nr; i-- > 0;) {
        struct lp_step back = {.payload = step[i].payload};

        if (step[i].is_in_force) {
            assert_int_equal(run(&back, 1), 0);
        }
        must_unload(step[i].payload);
    }
}

static void steps_run_in_their_order(void **state)
{
    struct lp_step step[] = {
        {.payload = load("one", "answer", 1, load_hooks, 2), .is_apply = true},
        {.payload = load("two", "question", 2, action_hooks, 2),
         .is_apply = true},
    };

    (void)state;
    assert_int_equal(run(step, 2), 0);
    assert_string_equal(noted, "la");
    assert_true(step[0].is_in_force && step[1].is_in_force);
    assert_int_equal(host_call("answer"), 42);
    step[0].is_apply = step[1].is_apply = false;
    noted[0] = '\0';
    assert_int_equal(run(step, 2), 0);
    assert_string_equal(noted, "ur");
    assert_false(step[0].is_in_force || step[1].is_in_force);
    undo(step, 2);
}

/* Also without an apply hook: another of its hooks may look. */
static void entries_of_a_payload_with_hooks_are_marked(void **state)
{
    static const struct test_hook hooks[] = {{LP_HOOK_PREREVERT, unmark}};
    struct lp_step step = {.payload = load("one", "answer", 1, hooks, 1),
                           .is_apply = true};

    (void)state;
    assert_int_equal(run(&step, 1), 0);
    assert_string_equal(noted, "");
    assert_int_equal(step.payload->fstate[0].applied, LIVEPATCH_FUNC_APPLIED);
    undo(&step, 1);
}

static void failing_step_undoes_those_before_it(void **state)
{
    struct lp_step step[] = {
        {.payload = load("one", "answer", 1, load_hooks, 2), .is_apply = true},
        {.payload = load("two", "question", 2, action_hooks, 2),
         .is_apply = true},
        {.payload = load("three", "answer_endbr", 3, NULL, 0),
         .is_apply = true},
    };

    (void)state;
    answer_of_hook = -ENODATA;
    assert_int_equal(run(step, 3), -ENODATA);
    assert_string_equal(noted, "lau");
    assert_false(step[0].is_in_force || step[1].is_in_force ||
                 step[2].is_in_force);
    assert_int_equal(step[1].payload->fstate[0].applied,
                     LIVEPATCH_FUNC_NOT_APPLIED);
    assert_true(host_text_is_pristine());
    undo(step, 3);
}

/* A hook that is asked to undo and refuses: its payload stays in force. */
static void step_that_cannot_be_undone_stays(void **state)
{
    struct lp_payload *stubborn =
        load("stubborn", "question", 1, action_hooks, 2);
    struct lp_payload *failing =
        load("failing", "answer_endbr", 2, action_hooks, 1);
    struct lp_step step[] = {{.payload = stubborn, .is_apply = true},
                             {.payload = failing, .is_apply = true}};

    (void)state;
    /* Of the two apply hooks only the second one's entry stays unmarked. */
    stubborn->hooks[LP_HOOK_APPLY].nr = 0;
    marks = false;
    assert_int_equal(run(step, 2), -EINVAL);
    assert_string_equal(noted, "ar");
    assert_true(step[0].is_in_force);
    assert_false(step[1].is_in_force);
    assert_int_equal(host_call("question"), 42);
    stubborn->hooks[LP_HOOK_REVERT].nr = 0;
    undo(step, 2);
}

static void hook_that_leaves_entries_unmarked_has_failed(void **state)
{
    struct lp_step step = {.payload = load("fix", "answer", 1, action_hooks, 2),
                           .is_apply = true};

    (void)state;
    marks = false;
    assert_int_equal(run(&step, 1), -EINVAL);
    assert_false(step.is_in_force);
    undo(&step, 1);
}

static struct lp_payload *put;

static int put_and_fail(livepatch_payload_t *payload)
{
    (void)payload;
    lp_stop_put_in_force(put);
    return -ENODATA;
}

/* So that data which its functions have changed is not used again. */
static void hook_that_fails_after_its_work_was_in_force(void **state)
{
    static const struct test_hook hooks[] = {{LP_HOOK_APPLY, put_and_fail}};
    struct lp_step step = {.payload = load("fix", "answer", 1, hooks, 1),
                           .is_apply = true};

    (void)state;
    put = step.payload;
    assert_int_equal(run(&step, 1), -ENODATA);
    assert_true(step.payload->has_run);
    assert_false(step.is_in_force);
    assert_true(host_text_is_pristine());
    undo(&step, 1);
}

/* An apply hook that says that it has left the text alone. */
static unsigned int written_at; /* from the function's start */

static int write_and_mark(livepatch_payload_t *payload)
{
    static const uint8_t other = 0xcc;

    host_arena_write((uint8_t *)host_symbol("answer") + written_at, &other, 1);
    return mark(payload);
}

struct lie_row {
    const char *name;
    unsigned int at;
    int rc;
};

static const struct lie_row lies[] = {
    {"hook_that_changed_the_first_byte_has_failed", 0, -EINVAL},
    {"hook_that_changed_the_last_byte_has_failed", ARCH_PATCH_INSN_SIZE - 1,
     -EINVAL},
    {"byte_behind_the_change_is_not_looked_at", ARCH_PATCH_INSN_SIZE, 0},
};

static void text_is_compared(void **state)
{
    static const struct test_hook hooks[] = {{LP_HOOK_APPLY, write_and_mark}};
    const struct lie_row *row = *state;
    uint8_t *byte = (uint8_t *)host_symbol("answer") + row->at;
    const uint8_t before = *byte;
    struct lp_step step = {.payload = load("fix", "answer", 1, hooks, 1),
                           .is_apply = true};

    written_at = row->at;
    assert_int_equal(run(&step, 1), row->rc);
    assert_int_equal(step.is_in_force, row->rc == 0);
    assert_int_equal(step.is_disbelieved, row->rc != 0);
    host_arena_write(byte, &before, 1);
    undo(&step, 1);
}

static void missed_deadline_runs_nothing(void **state)
{
    struct lp_step step = {.payload = load("one", "answer", 1, load_hooks, 2),
                           .is_apply = true};

    (void)state;
    host_cpus_start(2);
    host_cpu_hold(1, HOST_AT_KICK);
    host_clock_fake(SECONDS(1));
    host_clock_jump_at(0, MILLISECS(31));
    assert_int_equal(run_within(&step, 1, MILLISECS(30)), -EBUSY);
    assert_int_equal(report.nr_cpus, 2);
    assert_true(cpumask_test_cpu(1, &report.late));
    host_cpus_stop();
    host_clock_real();
    assert_string_equal(noted, "");
    assert_false(step.is_in_force);
    undo(&step, 1);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, steps_run_in_their_order);
    host_add(&tests, entries_of_a_payload_with_hooks_are_marked);
    host_add(&tests, failing_step_undoes_those_before_it);
    host_add(&tests, step_that_cannot_be_undone_stays);
    host_add(&tests, hook_that_leaves_entries_unmarked_has_failed);
    host_add(&tests, hook_that_fails_after_its_work_was_in_force);
    host_add_rows(&tests, lies, text_is_compared);
    host_add(&tests, missed_deadline_runs_nothing);
    return host_run(&tests);
}
