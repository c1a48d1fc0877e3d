// SPDX-License-Identifier: GPL-2.0
/*
 * What hooks leave behind of payloads that are not only functions: one with
 * data of its own, and one that has nothing but hooks.
 */
#include "hook_payload.h"

#include <xen/livepatch_payload.h>

#define NR(array) (sizeof(array) / sizeof((array)[0]))

static bool does_work;

static int on_apply(livepatch_payload_t *payload)
{
    if (does_work) {
        (void)apply_payload(payload);
        (void)revert_payload(payload);
    }
    return -ENODATA;
}

static int on_revert(livepatch_payload_t *payload)
{
    note('r');
    return does_work ? revert_payload(payload) : 0;
}

static void on_load(void)
{
    note('l');
}

static void on_unload(void)
{
    note('u');
}

struct failure_row {
    const char *name;
    enum lp_hook kind; /* of the hook that fails */
    bool has_data, does_work;
    enum lp_state left;
};

static const struct failure_row failures[] = {
    {"put_in_and_taken_out_by_a_hook_that_failed_is_spent", LP_HOOK_APPLY, true,
     true, LP_SPENT},
    {"data_of_a_hook_that_failed_is_spent", LP_HOOK_APPLY, true, false,
     LP_SPENT},
    {"hook_that_failed_without_data_may_come_again", LP_HOOK_APPLY, false, true,
     LP_CHECKED},
    {"payload_with_data_that_vetoed_may_come_again", LP_HOOK_PREAPPLY, true,
     false, LP_CHECKED},
};

/* In the stop its code has run, and may have changed its data. */
static void failed_hook_leaves(void **state)
{
    const struct failure_row *row = *state;
    const struct test_hook hook = {row->kind, on_apply};
    const struct hook_payload what = {.function = "answer",
                                      .id = 1,
                                      .has_data = row->has_data,
                                      .hooks = &hook,
                                      .nr_hooks = 1};
    struct lp_payload *fix = must_load_hook_payload(&what, "fix");

    does_work = row->does_work;
    assert_int_equal(try_apply(fix, 0),
                     row->kind == LP_HOOK_APPLY ? 0 : -ENODATA);
    assert_int_equal(fix->rc, -ENODATA);
    assert_int_equal(fix->state, row->left);
    must_unload(fix);
}

/* No function stands: what its hook says is all that there is. And it can come
 * again. */
static void revert_hook_of_a_payload_without_functions_is_believed(void **state)
{
    static const struct test_hook hooks[] = {{LP_HOOK_LOAD, on_load},
                                             {LP_HOOK_UNLOAD, on_unload},
                                             {LP_HOOK_REVERT, on_revert}};
    const struct hook_payload what = {
        .id = 1, .hooks = hooks, .nr_hooks = NR(hooks)};
    struct lp_payload *fix = must_load_hook_payload(&what, "fix");

    (void)state;
    noted[0] = '\0';
    does_work = false;
    must_apply(fix);
    must_revert(fix);
    must_apply(fix);
    assert_string_equal(noted, "lrl");
    does_work = true;
    must_revert(fix);
    assert_string_equal(noted, "lrlru");
    must_unload(fix);
}

static int work_on_a_stranger(livepatch_payload_t *payload)
{
    struct payload stranger = {.name = "stranger"};

    (void)payload;
    return apply_payload(&stranger);
}

/* Both have no entries to show. */
static void hook_without_functions_works_on_its_own_payload_alone(void **state)
{
    static const struct test_hook hooks[] = {
        {LP_HOOK_LOAD, on_load}, {LP_HOOK_APPLY, work_on_a_stranger}};
    const struct hook_payload what = {
        .id = 1, .hooks = hooks, .nr_hooks = NR(hooks)};
    struct lp_payload *fix = must_load_hook_payload(&what, "fix");

    (void)state;
    noted[0] = '\0';
    assert_int_equal(try_apply(fix, 0), 0);
    assert_int_equal(fix->rc, -EINVAL);
    assert_string_equal(noted, "");
    must_unload(fix);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, failures, failed_hook_leaves);
    host_add(&tests, revert_hook_of_a_payload_without_functions_is_believed);
    host_add(&tests, hook_without_functions_works_on_its_own_payload_alone);
    return host_run(&tests);
}
