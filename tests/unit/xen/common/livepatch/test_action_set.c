// SPDX-License-Identifier: GPL-2.0
/*
 * Sets: several payloads applied or reverted in one stop, each on top of the
 * one before it; all of them or none.
 */
#include "members.h"

#include "extension.h"
#include "host/clock.h"
#include "host/pcpu.h"

static const uint8_t return_43[] = {HOST_RETURN(43)};
static const uint8_t return_44[] = {HOST_RETURN(44)};

/* Each on the one before: `answer` by 42, `question` by 43, `answer` by 44. */
static void load_chain(void)
{
    const struct payload_function first =
        replacement("answer", payload_return_42);
    const struct payload_function second = replacement("question", return_43);
    const struct payload_function third = replacement("answer", return_44);

    members[0] = load_one("a", 1, 0, &first);
    members[1] = load_one("b", 2, 1, &second);
    members[2] = load_one("c", 3, 2, &third);
}

/* ---- all ------------------------------------------------------------------
 */

static struct telemetry_answer before, after;

static void chain_is_applied_and_reverted_in_one_stop_each(void **state)
{
    (void)state;
    load_chain();
    read_telemetry(0, &before);
    assert_int_equal(apply_members(0), 0);
    assert_all(LP_APPLIED, 0);
    assert_int_equal(outcome.rc, 0);
    assert_int_equal(outcome.failed, NR_MEMBERS);
    assert_int_equal(host_call("answer"), 44);
    assert_int_equal(host_call("question"), 43);
    assert_logged("livepatch: a: applied with 2 more: 3 functions; 1 pCPUs");
    read_telemetry(0, &after);
    assert_int_equal(after.summary.nr_stops, before.summary.nr_stops + 1);
    revert_members();
    assert_logged("livepatch: a: reverted with 2 more: 3 functions; 1 pCPUs");
    read_telemetry(0, &after);
    assert_int_equal(after.summary.nr_stops, before.summary.nr_stops + 2);
    unload_members();
}

/* The set leaves what single actions would have left. */
static void members_are_reverted_one_by_one(void **state)
{
    (void)state;
    load_chain();
    assert_int_equal(apply_members(0), 0);
    assert_int_equal(try_revert(members[0]), -EBUSY);
    must_revert(members[2]);
    assert_int_equal(host_call("answer"), 42);
    must_revert(members[1]);
    must_revert(members[0]);
    assert_true(host_text_is_pristine());
    unload_members();
}

static void set_of_two_says_so(void **state)
{
    (void)state;
    load_chain();
    assert_int_equal(apply_set(members, 2, 0), 0);
    assert_logged("livepatch: a: applied with 1 more: 2 functions");
    assert_int_equal(revert_set(members, 2), 0);
    assert_logged("livepatch: a: reverted with 1 more: 2 functions");
    unload_members();
}

static void set_goes_on_top_of_what_is_applied(void **state)
{
    const struct payload_function base = replacement("answer", return_43);
    struct lp_payload *bottom = load_one("bottom", 9, 0, &base);

    (void)state;
    load_chain();
    must_apply(bottom);
    assert_int_equal(apply_members(0), -EINVAL);
    assert_int_equal(apply_members(LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    assert_int_equal(host_call("answer"), 44);
    assert_int_equal(revert_set(members, NR_MEMBERS), 0);
    assert_int_equal(host_call("answer"), 43);
    must_revert(bottom);
    unload_members();
    must_unload(bottom);
}

static void order_of_reverted_names_does_not_matter(void **state)
{
    static const unsigned int orders[][NR_MEMBERS] = {
        {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    (void)state;
    load_chain();
    for (unsigned int i = 0; i < 6; i++) {
        struct lp_payload *const shuffled[] = {members[orders[i][0]],
                                               members[orders[i][1]],
                                               members[orders[i][2]]};

        assert_int_equal(apply_members(0), 0);
        assert_int_equal(revert_set(shuffled, NR_MEMBERS), 0);
        assert_all(LP_CHECKED, 0);
        assert_true(host_text_is_pristine());
    }
    unload_members();
}

static void part_of_the_stack_is_reverted(void **state)
{
    (void)state;
    load_chain();
    assert_int_equal(apply_members(0), 0);
    assert_int_equal(revert_set(members + 1, 2), 0);
    assert_int_equal(host_call("answer"), 42);
    assert_int_equal(host_call("question"), 2);
    assert_int_equal(members[0]->state, LP_APPLIED);
    must_revert(members[0]);
    unload_members();
}

static struct payload_function expecting(const uint8_t code[6], uint8_t first)
{
    struct payload_function function = replacement("answer", code);

    function.expect.enabled = 1;
    function.expect.len = 1;
    function.expect.data[0] = first;
    return function;
}

static void load_expecting(uint8_t first)
{
    const struct payload_function one = expecting(payload_return_42, 0xb8);
    const struct payload_function two = expecting(return_43, first);
    const struct payload_function three = replacement("question", return_44);

    members[0] = load_one("a", 1, 0, &one);
    members[1] = load_one("b", 2, 1, &two);
    members[2] = load_one("c", 3, 2, &three);
}

static void expectation_is_of_the_text_after_earlier_members(void **state)
{
    (void)state;
    load_expecting(0xe9);
    assert_int_equal(apply_members(0), 0);
    assert_int_equal(host_call("answer"), 43);
    revert_members();
    unload_members();
}

static void expectation_of_the_text_as_it_is_now_is_einval(void **state)
{
    (void)state;
    load_expecting(0xb8);
    assert_int_equal(apply_members(0), -EINVAL);
    assert_int_equal(outcome.failed, 1);
    assert_logged("b: answer: expects b8 at its start, there is e9");
    assert_nothing_changed();
    unload_members();
}

/* ---- or none: refused before anything happens ------------------------------
 */

static void swap_members(unsigned int i, unsigned int j)
{
    struct lp_payload *one = members[i];

    members[i] = members[j];
    members[j] = one;
}

static void order_against_the_dependencies_is_einval(void **state)
{
    (void)state;
    load_chain();
    swap_members(1, 2);
    assert_int_equal(apply_members(0), -EINVAL);
    assert_int_equal(outcome.failed, 1);
    assert_logged("c: depends on build-id 02");
    swap_members(1, 2);
    swap_members(0, 1);
    assert_int_equal(apply_members(0), -EINVAL);
    assert_int_equal(outcome.failed, 0);
    assert_nothing_changed();
    unload_members();
}

static void applied_member_at_any_place_is_einval(void **state)
{
    (void)state;
    load_chain();
    must_apply(members[0]);
    for (unsigned int i = 0; i < NR_MEMBERS; i++) {
        swap_members(0, i);
        assert_int_equal(apply_members(LIVEPATCH_ACTION_APPLY_NODEPS), -EINVAL);
        assert_int_equal(outcome.failed, i);
        swap_members(0, i);
    }
    assert_int_equal(host_call("answer"), 42);
    must_revert(members[0]);
    unload_members();
}

static void member_named_twice_is_einval(void **state)
{
    struct lp_payload *third;

    (void)state;
    load_chain();
    third = members[2];
    members[2] = members[0];
    assert_int_equal(apply_members(LIVEPATCH_ACTION_APPLY_NODEPS), -EINVAL);
    assert_logged("a: is named twice in one set");
    members[2] = third;
    assert_nothing_changed();
    assert_int_equal(apply_members(0), 0);
    members[0] = third;
    assert_int_equal(revert_set(members, NR_MEMBERS), -EINVAL);
    members[0] = find_payload("a");
    revert_members();
    unload_members();
}

static void revert_under_a_payload_that_stays_is_ebusy(void **state)
{
    (void)state;
    load_chain();
    assert_int_equal(apply_members(0), 0);
    assert_int_equal(revert_set(members, 2), -EBUSY);
    assert_int_equal(outcome.failed, 0);
    assert_logged("a: cannot revert: 'c' was applied on top of it");
    swap_members(1, 2);
    assert_int_equal(revert_set(members + 1, 1), 0);
    must_apply(members[1]);
    swap_members(0, 1);
    assert_int_equal(revert_set(members, 2), -EBUSY);
    assert_int_equal(outcome.failed, 1);
    assert_int_equal(host_call("answer"), 44);
    revert_members();
    unload_members();
}

static void revert_of_one_that_is_not_applied_is_einval(void **state)
{
    (void)state;
    load_chain();
    must_apply(members[0]);
    assert_int_equal(revert_set(members, 2), -EINVAL);
    assert_int_equal(outcome.failed, 1);
    assert_int_equal(members[0]->state, LP_APPLIED);
    must_revert(members[0]);
    unload_members();
}

static void set_needs_no_memory(void **state)
{
    (void)state;
    load_chain();
    host_fail_nth(1);
    assert_int_equal(apply_members(0), 0);
    assert_int_equal(outcome.rc, 0);
    revert_members();
    assert_false(host_has_failed());
    host_fail_nth(0);
    unload_members();
}

static void late_pcpu_leaves_all_as_they_were(void **state)
{
    (void)state;
    load_chain();
    host_cpus_start(2);
    host_cpu_hold(1, HOST_AT_KICK);
    host_clock_fake(SECONDS(1));
    host_clock_jump_at(0, MILLISECS(31));
    assert_int_equal(apply_members(0), 0);
    assert_int_equal(outcome.rc, -EBUSY);
    assert_int_equal(outcome.failed, NR_MEMBERS);
    assert_all(LP_CHECKED, -EBUSY);
    assert_logged("a: not applied with 2 more: after 31000000 ns 1 of 2 pCPUs");
    host_cpus_stop();
    assert_nothing_changed();
    unload_members();
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, chain_is_applied_and_reverted_in_one_stop_each);
    host_add(&tests, members_are_reverted_one_by_one);
    host_add(&tests, set_of_two_says_so);
    host_add(&tests, set_goes_on_top_of_what_is_applied);
    host_add(&tests, order_of_reverted_names_does_not_matter);
    host_add(&tests, part_of_the_stack_is_reverted);
    host_add(&tests, expectation_is_of_the_text_after_earlier_members);
    host_add(&tests, expectation_of_the_text_as_it_is_now_is_einval);
    host_add(&tests, order_against_the_dependencies_is_einval);
    host_add(&tests, applied_member_at_any_place_is_einval);
    host_add(&tests, member_named_twice_is_einval);
    host_add(&tests, revert_under_a_payload_that_stays_is_ebusy);
    host_add(&tests, revert_of_one_that_is_not_applied_is_einval);
    host_add(&tests, set_needs_no_memory);
    host_add(&tests, late_pcpu_leaves_all_as_they_were);
    return host_run(&tests);
}
