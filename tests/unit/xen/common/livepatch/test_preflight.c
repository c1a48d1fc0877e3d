// SPDX-License-Identifier: GPL-2.0
/*
 * May this action run now: state, what the payload depends on, expectations,
 * the order of the stack. A refused action changes nothing.
 */
#include "steps.h"

#include "preflight.h"

#define ID_ONE 0x11
#define ID_TWO 0x22

static struct lp_payload *load_on(const char *name, const char *function,
                                  uint8_t id, uint8_t depends)
{
    const struct payload_function functions[] = {{
        .old_name = function,
        .old_size = 16,
        .code = payload_return_42,
        .code_bytes = sizeof(payload_return_42),
    }};
    const struct payload_description what = {.functions = functions,
                                             .nr_functions = 1,
                                             .id = id,
                                             .depends = depends};

    return must_load_described(&what, name);
}

static void payload_on_the_hypervisor_may_be_first(void **state)
{
    struct lp_payload *one = load_on("one", "answer", ID_ONE, 0);

    (void)state;
    must_apply(one);
    must_revert(one);
    must_unload(one);
}

static void payload_on_another_may_not_be_first(void **state)
{
    struct lp_payload *two = load_on("two", "question", ID_TWO, ID_ONE);

    (void)state;
    assert_int_equal(try_apply(two, 0), -EINVAL);
    assert_logged("livepatch: two: depends on build-id 1111");
    assert_logged(", but the hypervisor is a0a1");
    assert_int_equal(two->state, LP_CHECKED);
    assert_int_equal(two->rc, 0);
    assert_true(host_text_is_pristine());
    must_unload(two);
}

static void payload_on_the_hypervisor_may_not_be_second(void **state)
{
    struct lp_payload *one = load_on("one", "answer", ID_ONE, 0);
    struct lp_payload *two = load_on("two", "question", ID_TWO, 0);

    (void)state;
    must_apply(one);
    assert_int_equal(try_apply(two, 0), -EINVAL);
    assert_logged("livepatch: two: depends on build-id a0a1");
    assert_logged(", but one is 1111");
    must_revert(one);
    must_apply(two);
    must_revert(two);
    must_unload(one);
    must_unload(two);
}

static void payload_lies_on_the_one_it_depends_on(void **state)
{
    struct lp_payload *one = load_on("one", "answer", ID_ONE, 0);
    struct lp_payload *two = load_on("two", "question", ID_TWO, ID_ONE);

    (void)state;
    must_apply(one);
    must_apply(two);
    must_revert(two);
    must_revert(one);
    must_unload(two);
    must_unload(one);
}

static void nodeps_ignores_what_it_depends_on(void **state)
{
    struct lp_payload *two = load_on("two", "question", ID_TWO, ID_ONE);

    (void)state;
    assert_int_equal(try_apply(two, LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    assert_int_equal(two->state, LP_APPLIED);
    must_revert(two);
    must_unload(two);
}

static void hypervisor_that_lost_its_build_id_is_enodata(void **state)
{
    struct lp_payload *one = load_on("one", "answer", ID_ONE, 0);

    (void)state;
    host_set_build_id(NULL, 0);
    assert_int_equal(try_apply(one, 0), -ENODATA);
    assert_logged("livepatch: one: the hypervisor has no build-id");
    must_unload(one);
}

static void only_the_top_may_be_reverted(void **state)
{
    struct lp_payload *one = load_on("one", "answer", ID_ONE, 0);
    struct lp_payload *two = load_on("two", "question", ID_TWO, ID_ONE);

    (void)state;
    must_apply(one);
    must_apply(two);
    assert_int_equal(try_revert(one), -EBUSY);
    assert_logged(
        "livepatch: one: cannot revert: 'two' was applied on top of it");
    assert_int_equal(one->state, LP_APPLIED);
    assert_int_equal(host_call("answer"), 42);
    must_revert(two);
    must_revert(one);
    must_unload(one);
    must_unload(two);
}

/* ---- wrong states ------------------------------------------------------- */

static void wrong_state_is_einval(void **state)
{
    struct lp_payload *one = load_on("one", "answer", ID_ONE, 0);

    (void)state;
    assert_int_equal(try_revert(one), -EINVAL);
    assert_logged("livepatch: one: cannot revert a payload that is CHECKED");
    must_apply(one);
    assert_int_equal(try_apply(one, 0), -EINVAL);
    assert_logged("livepatch: one: cannot apply a payload that is APPLIED");
    assert_int_equal(try_unload(one), -EINVAL);
    assert_logged("livepatch: one: cannot unload a payload that is APPLIED");
    assert_int_equal(host_call("answer"), 42);
    must_revert(one);
    must_unload(one);
}

static void payload_without_data_may_be_applied_again(void **state)
{
    struct lp_payload *one = load_on("one", "answer", ID_ONE, 0);

    (void)state;
    for (unsigned int i = 0; i < 3; i++) {
        must_apply(one);
        assert_int_equal(host_call("answer"), 42);
        must_revert(one);
        assert_int_equal(host_call("answer"), 1);
        assert_int_equal(one->state, LP_CHECKED);
    }
    must_unload(one);
}

static void payload_with_data_is_spent_after_its_revert(void **state)
{
    struct payload_description what = payload_simple;
    struct lp_payload *fix;

    (void)state;
    what.has_data = true;
    fix = must_load_described(&what, "fix");
    must_apply(fix);
    must_revert(fix);
    assert_int_equal(fix->state, LP_SPENT);
    assert_int_equal(try_apply(fix, 0), -EINVAL);
    assert_int_equal(try_apply(fix, LIVEPATCH_ACTION_APPLY_NODEPS), -EINVAL);
    assert_logged("livepatch: fix: cannot apply a payload that is SPENT");
    assert_int_equal(try_revert(fix), -EINVAL);
    assert_true(host_text_is_pristine());
    must_unload(fix);
}

/* ---- expectations ------------------------------------------------------- */

struct expectation_row {
    const char *name;
    struct livepatch_expectation expect;
    uint32_t old_size;
    int rc;
    const char *says;
};

/* What `answer` starts with: mov $1, %eax; ret. */
#define ANSWER 0xb8, 0x01, 0x00, 0x00, 0x00, 0xc3

static const struct expectation_row expectations[] = {
    {"expectation_met", {1, 6, 0, {ANSWER}}, 16, 0, NULL},
    {"expectation_not_met_is_einval",
     {1, 2, 0, {0xb8, 0x02}},
     16,
     -EINVAL,
     "livepatch: fix: answer: expects b8 02 at its start, there is b8 01\n"},
    {"last_byte_not_met_is_einval",
     {1, 6, 0, {0xb8, 1, 0, 0, 0, 0xcc}},
     16,
     -EINVAL,
     "expects b8 01 00 00 00 cc at its start"},
    {"byte_behind_the_length_does_not_matter",
     {1, 5, 0, {0xb8, 1, 0, 0, 0, 0xcc}},
     16,
     0,
     NULL},
    {"expectation_that_is_off_does_not_matter", {0, 6, 0, {0xff}}, 16, 0, NULL},
    {"empty_expectation_is_met", {1, 0, 0, {0xff}}, 16, 0, NULL},
    {"reserved_bits_are_einval",
     {1, 6, 1, {ANSWER}},
     16,
     -EINVAL,
     "livepatch: fix: answer: reserved bits 1 in its expectation"},
    {"highest_reserved_bit_is_einval",
     {1, 6, 2, {ANSWER}},
     16,
     -EINVAL,
     "reserved bits 2"},
    {"expectation_as_long_as_the_function", {1, 6, 0, {ANSWER}}, 6, 0, NULL},
    {"expectation_longer_than_the_function_is_erange",
     {1, 7, 0, {ANSWER}},
     6,
     -ERANGE,
     "livepatch: fix: answer: expects 7 bytes of a function of 6"},
};

static void expectation_is_judged(void **state)
{
    const struct expectation_row *row = *state;
    struct payload_function function = payload_simple.functions[0];
    struct payload_description what = payload_simple;
    struct lp_payload *fix;

    function.old_size = row->old_size;
    function.expect = row->expect;
    what.functions = &function;
    fix = must_load_described(&what, "fix");
    assert_int_equal(try_apply(fix, 0), row->rc);
    if (row->rc) {
        assert_logged(row->says);
        assert_int_equal(fix->state, LP_CHECKED);
        assert_true(host_text_is_pristine());
        assert_int_equal(host_log_errors(), 1);
    } else {
        must_revert(fix);
    }
    must_unload(fix);
}

static void nodeps_does_not_ignore_expectations(void **state)
{
    struct payload_function function = payload_simple.functions[0];
    struct payload_description what = payload_simple;
    struct lp_payload *fix;

    (void)state;
    function.expect = (struct livepatch_expectation){1, 1, 0, {0xcc}};
    what.functions = &function;
    fix = must_load_described(&what, "fix");
    assert_int_equal(try_apply(fix, LIVEPATCH_ACTION_APPLY_NODEPS), -EINVAL);
    must_unload(fix);
}

static void expectation_of_a_later_entry_counts(void **state)
{
    struct payload_function functions[2] = {payload_simple.functions[0],
                                            payload_simple.functions[0]};
    struct payload_description what = payload_simple;
    struct lp_payload *fix;

    (void)state;
    functions[1].old_name = "question";
    functions[1].expect = (struct livepatch_expectation){1, 1, 0, {0xcc}};
    what.functions = functions;
    what.nr_functions = 2;
    fix = must_load_described(&what, "fix");
    assert_int_equal(try_apply(fix, 0), -EINVAL);
    assert_logged("question: expects cc");
    must_unload(fix);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, payload_on_the_hypervisor_may_be_first);
    host_add(&tests, payload_on_another_may_not_be_first);
    host_add(&tests, payload_on_the_hypervisor_may_not_be_second);
    host_add(&tests, payload_lies_on_the_one_it_depends_on);
    host_add(&tests, nodeps_ignores_what_it_depends_on);
    host_add(&tests, hypervisor_that_lost_its_build_id_is_enodata);
    host_add(&tests, only_the_top_may_be_reverted);
    host_add(&tests, wrong_state_is_einval);
    host_add(&tests, payload_without_data_may_be_applied_again);
    host_add(&tests, payload_with_data_is_spent_after_its_revert);
    host_add_rows(&tests, expectations, expectation_is_judged);
    host_add(&tests, nodeps_does_not_ignore_expectations);
    host_add(&tests, expectation_of_a_later_entry_counts);
    return host_run(&tests);
}
