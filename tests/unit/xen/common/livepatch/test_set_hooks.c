// SPDX-License-Identifier: GPL-2.0
/*
 * Sets whose payloads have hooks: in which order they run, and that all or
 * none is applied whichever of them fails.
 */
#include "hook_payload.h"
#include "members.h"

#include "host/clock.h"
#include "host/pcpu.h"

static const uint8_t return_43[] = {HOST_RETURN(43)};

static char failing; /* the payload whose hooks say no; 0: none */

static int say(const livepatch_payload_t *payload)
{
    return payload->name[0] == failing ? -ENODATA : 0;
}

static int pre(livepatch_payload_t *payload)
{
    note(payload->name[0]);
    return say(payload);
}

static void post(livepatch_payload_t *payload)
{
    note(payload->name[0] - 'a' + 'A');
    note(payload->rc ? '-' : '+');
}

static int work(livepatch_payload_t *payload)
{
    note(payload->name[0]);
    payload->fstate[0].applied = LIVEPATCH_FUNC_APPLIED;
    return say(payload);
}

static int unwork(livepatch_payload_t *payload)
{
    note(payload->name[0] - 'a' + 'A');
    payload->fstate[0].applied = LIVEPATCH_FUNC_NOT_APPLIED;
    return say(payload);
}

static const struct test_hook around[] = {
    {LP_HOOK_PREAPPLY, pre},
    {LP_HOOK_POSTAPPLY, post},
    {LP_HOOK_PREREVERT, pre},
    {LP_HOOK_POSTREVERT, post},
};

static const struct test_hook working[] = {
    {LP_HOOK_APPLY, work},
    {LP_HOOK_REVERT, unwork},
};

static void load_hooked(const struct test_hook *hooks, unsigned int nr_hooks)
{
    static const char *const functions[] = {"answer", "question",
                                            "answer_endbr"};

    for (unsigned int i = 0; i < NR_MEMBERS; i++) {
        const char name[] = {'a' + i, '\0'};
        const struct hook_payload what = {.function = functions[i],
                                          .id = 1 + i,
                                          .depends = i,
                                          .hooks = hooks,
                                          .nr_hooks = nr_hooks};

        members[i] = must_load_hook_payload(&what, name);
    }
    failing = 0;
    noted[0] = '\0';
}

static void hooks_run_around_the_stop_in_the_order_of_the_steps(void **state)
{
    (void)state;
    load_hooked(around, 4);
    assert_int_equal(apply_members(0), 0);
    assert_string_equal(noted, "abcA+B+C+");
    noted[0] = '\0';
    revert_members();
    assert_string_equal(noted, "cbaC+B+A+");
    unload_members();
}

struct veto_row {
    const char *name;
    char who;
    const char *applying, *reverting;
};

static const struct veto_row vetoes[] = {
    {"veto_of_the_first_is_the_answer", 'a', "a", "cbaB-C-"},
    {"veto_of_the_second_is_the_answer", 'b', "abA-", "cbC-"},
    {"veto_of_the_last_is_the_answer", 'c', "abcB-A-", "c"},
};

static void veto_is_the_answer(void **state)
{
    const struct veto_row *row = *state;

    load_hooked(around, 4);
    failing = row->who;
    assert_int_equal(apply_members(0), -ENODATA);
    assert_int_equal(outcome.failed, row->who - 'a');
    assert_string_equal(noted, row->applying);
    assert_all(LP_CHECKED, -ENODATA);
    assert_nothing_changed();
    failing = 0;
    assert_int_equal(apply_members(0), 0);
    failing = row->who;
    noted[0] = '\0';
    assert_int_equal(revert_set(members, NR_MEMBERS), -ENODATA);
    assert_int_equal(outcome.failed, row->who - 'a');
    assert_string_equal(noted, row->reverting);
    assert_all(LP_APPLIED, -ENODATA);
    failing = 0;
    revert_members();
    unload_members();
}

static void late_pcpu_runs_post_hooks_backwards(void **state)
{
    (void)state;
    load_hooked(around, 4);
    host_cpus_start(2);
    host_cpu_hold(1, HOST_AT_KICK);
    host_clock_fake(SECONDS(1));
    host_clock_jump_at(0, MILLISECS(31));
    assert_int_equal(apply_members(0), 0);
    assert_string_equal(noted, "abcC-B-A-");
    host_cpus_stop();
    assert_nothing_changed();
    unload_members();
}

struct failure_row {
    const char *name;
    char who;
    const char *applying, *reverting;
};

static const struct failure_row failures[] = {
    {"hook_of_the_first_fails_in_the_stop", 'a', "a", "CBAbc"},
    {"hook_of_the_second_fails_in_the_stop", 'b', "abA", "CBc"},
    {"hook_of_the_last_fails_in_the_stop", 'c', "abcBA", "C"},
};

static void failing_hook_takes_all_back(void **state)
{
    const struct failure_row *row = *state;

    load_hooked(working, 2);
    failing = row->who;
    assert_int_equal(apply_members(0), 0);
    assert_int_equal(outcome.rc, -ENODATA);
    assert_int_equal(outcome.failed, row->who - 'a');
    assert_string_equal(noted, row->applying);
    assert_all(LP_CHECKED, -ENODATA);
    assert_logged("a: not applied with 2 more: the apply hook of '");
    failing = 0;
    assert_int_equal(apply_members(0), 0);
    failing = row->who;
    noted[0] = '\0';
    assert_int_equal(revert_set(members, NR_MEMBERS), 0);
    assert_int_equal(outcome.rc, -ENODATA);
    assert_int_equal(outcome.failed, row->who - 'a');
    assert_string_equal(noted, row->reverting);
    assert_all(LP_APPLIED, -ENODATA);
    failing = 0;
    revert_members();
    unload_members();
}

static int refuse(livepatch_payload_t *payload)
{
    (void)payload;
    return -EPERM;
}

/* What lies below one that stays must stay, too. */
static void member_that_cannot_be_undone_keeps_those_below_it(void **state)
{
    static const struct test_hook stubborn[] = {{LP_HOOK_APPLY, work},
                                                {LP_HOOK_REVERT, refuse}};
    static const struct test_hook broken[] = {{LP_HOOK_APPLY, refuse}};
    const struct payload_function plain =
        replacement("answer", payload_return_42);
    const struct hook_payload second = {.function = "question",
                                        .id = 2,
                                        .depends = 1,
                                        .hooks = stubborn,
                                        .nr_hooks = 2};
    const struct hook_payload third = {.function = "answer_endbr",
                                       .id = 3,
                                       .depends = 2,
                                       .hooks = broken,
                                       .nr_hooks = 1};

    (void)state;
    failing = 0;
    members[0] = load_one("a", 1, 0, &plain);
    members[1] = must_load_hook_payload(&second, "b");
    members[2] = must_load_hook_payload(&third, "c");
    assert_int_equal(apply_members(0), 0);
    assert_int_equal(outcome.rc, -EPERM);
    assert_int_equal(outcome.failed, 2);
    assert_int_equal(members[0]->state, LP_APPLIED);
    assert_int_equal(members[1]->state, LP_APPLIED);
    assert_int_equal(members[2]->state, LP_CHECKED);
    assert_logged("b: stays applied: a hook would not undo it");
    assert_int_equal(host_call("answer"), 42);
    members[1]->hooks[LP_HOOK_REVERT].nr = 0;
    must_revert(members[1]);
    must_revert(members[0]);
    unload_members();
}

/* Data that was in force for a moment is as dirty as after a revert. */
static void member_with_data_that_is_undone_is_spent(void **state)
{
    struct payload_description with_data = payload_simple;

    static const struct test_hook broken[] = {{LP_HOOK_APPLY, refuse}};
    const struct hook_payload second = {.function = "question",
                                        .id = 2,
                                        .depends = 1,
                                        .hooks = broken,
                                        .nr_hooks = 1};

    (void)state;
    with_data.id = 1;
    with_data.has_data = true;
    members[0] = must_load_described(&with_data, "a");
    members[1] = must_load_hook_payload(&second, "b");
    assert_int_equal(apply_set(members, 2, 0), 0);
    assert_int_equal(outcome.rc, -EPERM);
    assert_int_equal(members[0]->state, LP_SPENT);
    assert_int_equal(members[1]->state, LP_CHECKED);
    assert_true(host_text_is_pristine());
    assert_int_equal(try_apply(members[0], 0), -EINVAL);
    must_unload(members[0]);
    must_unload(members[1]);
}

/* Nobody knows what stands where the hook has been. */
static void
text_that_an_apply_hook_changes_is_einval_for_later_members(void **state)
{
    const struct hook_payload first = {
        .function = "answer", .id = 1, .hooks = working, .nr_hooks = 2};
    const struct payload_function second = replacement("answer", return_43);
    const struct payload_function third = replacement("question", return_43);

    (void)state;
    failing = 0;
    members[0] = must_load_hook_payload(&first, "a");
    members[1] = load_one("b", 2, 1, &second);
    members[2] = load_one("c", 3, 2, &third);
    assert_int_equal(apply_members(0), -EINVAL);
    assert_int_equal(outcome.failed, 1);
    assert_logged("b: needs the text at");
    members[1] = members[2];
    members[2] = find_payload("b");
    assert_int_equal(apply_members(LIVEPATCH_ACTION_APPLY_NODEPS), -EINVAL);
    assert_int_equal(outcome.failed, 2);
    assert_nothing_changed();
    unload_members();
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, hooks_run_around_the_stop_in_the_order_of_the_steps);
    host_add_rows(&tests, vetoes, veto_is_the_answer);
    host_add(&tests, late_pcpu_runs_post_hooks_backwards);
    host_add_rows(&tests, failures, failing_hook_takes_all_back);
    host_add(&tests, member_that_cannot_be_undone_keeps_those_below_it);
    host_add(&tests, member_with_data_that_is_undone_is_spent);
    host_add(&tests,
             text_that_an_apply_hook_changes_is_einval_for_later_members);
    return host_run(&tests);
}
