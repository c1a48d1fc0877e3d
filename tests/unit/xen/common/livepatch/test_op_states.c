// SPDX-License-Identifier: GPL-2.0
/*
 * The sysctl edge: each ACTION on a payload in each state, the answer, and what
 * GET says afterwards; then what else makes an action be refused, in the order
 * in which it is looked at. A refused action leaves state and rc alone.
 */
#include "hook_payload.h"
#include "request.h"

#include "host/clock.h"
#include "host/pcpu.h"

/* No action of these tests ends in this rc. */
#define EARLIER_RC (-ENODATA)

/* What GET says of the payload. */
static void assert_shows(const char *name, uint32_t state, int rc)
{
    struct request get = request_for(GET, name);

    assert_int_equal(send_request(&get), 0);
    assert_int_equal(get32(&get, AT_GET_STATE), state);
    assert_int_equal((int)get32(&get, AT_GET_RC), rc);
}

#define CHECKED 1
#define APPLIED 2
#define GONE 0
#define SAME 99 /* with the rc that it had */

/* ---- each action in each state ------------------------------------------- */

struct state_row {
    const char *name;
    enum lp_state state;
    enum action action;
    int rc;         /* the answer */
    uint32_t after; /* of GET's states, or one of these */
};

static const struct state_row state_rows[] = {
    {"apply_of_a_payload_that_is_checked", LP_CHECKED, APPLY, 0, APPLIED},
    {"replace_of_a_payload_that_is_checked", LP_CHECKED, REPLACE, 0, APPLIED},
    {"unload_of_a_payload_that_is_checked", LP_CHECKED, UNLOAD, 0, GONE},
    {"revert_of_a_payload_that_is_checked_is_einval", LP_CHECKED, REVERT,
     -EINVAL, SAME},
    {"revert_of_a_payload_that_is_applied", LP_APPLIED, REVERT, 0, CHECKED},
    {"apply_of_a_payload_that_is_applied_is_einval", LP_APPLIED, APPLY, -EINVAL,
     SAME},
    {"replace_of_a_payload_that_is_applied_is_einval", LP_APPLIED, REPLACE,
     -EINVAL, SAME},
    {"unload_of_a_payload_that_is_applied_is_einval", LP_APPLIED, UNLOAD,
     -EINVAL, SAME},
    {"unload_of_a_payload_that_is_spent", LP_SPENT, UNLOAD, 0, GONE},
    {"apply_of_a_payload_that_is_spent_is_einval", LP_SPENT, APPLY, -EINVAL,
     SAME},
    {"revert_of_a_payload_that_is_spent_is_einval", LP_SPENT, REVERT, -EINVAL,
     SAME},
    {"replace_of_a_payload_that_is_spent_is_einval", LP_SPENT, REPLACE, -EINVAL,
     SAME},
    {"apply_of_a_payload_that_is_applying_is_einval", LP_APPLYING, APPLY,
     -EINVAL, SAME},
    {"revert_of_a_payload_that_is_applying_is_einval", LP_APPLYING, REVERT,
     -EINVAL, SAME},
    {"replace_of_a_payload_that_is_applying_is_einval", LP_APPLYING, REPLACE,
     -EINVAL, SAME},
    {"unload_of_a_payload_that_is_applying_is_einval", LP_APPLYING, UNLOAD,
     -EINVAL, SAME},
    {"apply_of_a_payload_that_is_reverting_is_einval", LP_REVERTING, APPLY,
     -EINVAL, SAME},
    {"revert_of_a_payload_that_is_reverting_is_einval", LP_REVERTING, REVERT,
     -EINVAL, SAME},
    {"replace_of_a_payload_that_is_reverting_is_einval", LP_REVERTING, REPLACE,
     -EINVAL, SAME},
    {"unload_of_a_payload_that_is_reverting_is_einval", LP_REVERTING, UNLOAD,
     -EINVAL, SAME},
};

_Static_assert(sizeof(state_rows) / sizeof(state_rows[0]) ==
                   LP_STATE_NR * REPLACE,
               "a row for each pair of state and action");

/* The states that last are come to by requests; the others no request sees,
 * since an action holds the lock until it is over. */
static struct lp_payload *bring_to(enum lp_state wanted)
{
    struct payload_description what = payload_simple;
    struct lp_payload *fix;

    what.has_data = wanted == LP_SPENT;
    assert_int_equal(upload_described("fix", &what), 0);
    fix = find_payload("fix");
    if (wanted == LP_APPLIED || wanted == LP_REVERTING || wanted == LP_SPENT) {
        must_apply(fix);
    }
    if (wanted == LP_SPENT) {
        must_revert(fix);
    }
    if (wanted == LP_APPLYING || wanted == LP_REVERTING) {
        fix->state = wanted;
    }
    assert_int_equal(fix->state, wanted);
    fix->rc = EARLIER_RC;
    return fix;
}

static void take_away(const char *name)
{
    struct lp_payload *payload = find_payload(name);

    if (payload->state == LP_APPLYING) {
        payload->state = LP_CHECKED;
    } else if (payload->state == LP_REVERTING) {
        payload->state = LP_APPLIED;
    }
    if (payload->state == LP_APPLIED) {
        must_revert(payload);
    }
    must_unload(payload);
}

static void state_decides(void **state)
{
    const struct state_row *row = *state;
    struct lp_payload *fix = bring_to(row->state);

    assert_int_equal(act("fix", row->action), row->rc);
    if (row->rc) {
        assert_logged("livepatch: fix: cannot ");
        assert_int_equal(fix->state, row->state);
        assert_int_equal(fix->rc, EARLIER_RC);
        take_away("fix");
    } else if (row->after == GONE) {
        assert_null(find_payload("fix"));
    } else {
        assert_shows("fix", row->after, 0);
        take_away("fix");
    }
}

/* ---- other reasons --------------------------------------------------------
 */

/* Replaces `answer`, depends on what comes as `depends`. */
static void upload_on(const char *name, uint8_t id, uint8_t depends)
{
    struct payload_description what = payload_simple;

    what.id = id;
    what.depends = depends;
    assert_int_equal(upload_described(name, &what), 0);
    find_payload(name)->rc = EARLIER_RC;
}

static void revert_below_the_top_is_ebusy(void **state)
{
    (void)state;
    upload_on("low", 1, 0);
    upload_on("high", 2, 1);
    assert_int_equal(act("low", APPLY), 0);
    assert_int_equal(act("high", APPLY), 0);
    find_payload("low")->rc = EARLIER_RC;
    assert_int_equal(act("low", REVERT), -EBUSY);
    assert_shows("low", APPLIED, EARLIER_RC);
    take_away("high");
    take_away("low");
}

static void other_base_is_einval(void **state)
{
    (void)state;
    upload_on("misfit", 1, 0x77);
    assert_int_equal(act("misfit", APPLY), -EINVAL);
    assert_shows("misfit", CHECKED, EARLIER_RC);
    assert_int_equal(act("misfit", REPLACE), -EINVAL);
    assert_shows("misfit", CHECKED, EARLIER_RC);
    take_away("misfit");
}

static void lost_build_id_is_enodata(void **state)
{
    (void)state;
    upload_on("fix", 1, 0);
    host_set_build_id(NULL, 0);
    assert_int_equal(act("fix", APPLY), -ENODATA);
    assert_int_equal(act("fix", REPLACE), -ENODATA);
    assert_shows("fix", CHECKED, EARLIER_RC);
    take_away("fix");
}

static struct payload_function expecting(uint8_t len, uint8_t first)
{
    struct payload_function function = payload_simple.functions[0];

    function.expect.enabled = 1;
    function.expect.len = len;
    function.expect.data[0] = first;
    return function;
}

/* Each action that puts in force answers `rc` to the function. */
static void assert_not_put_in_force(const struct payload_function *function,
                                    int rc)
{
    struct payload_description what = payload_simple;

    what.functions = function;
    assert_int_equal(upload_described("fix", &what), 0);
    find_payload("fix")->rc = EARLIER_RC;
    assert_int_equal(act("fix", APPLY), rc);
    assert_shows("fix", CHECKED, EARLIER_RC);
    assert_int_equal(act("fix", REPLACE), rc);
    assert_shows("fix", CHECKED, EARLIER_RC);
    take_away("fix");
}

static void expectation_not_met_is_einval(void **state)
{
    const struct payload_function function = expecting(1, 0xff);

    (void)state;
    assert_not_put_in_force(&function, -EINVAL);
    assert_logged("expects ff at its start, there is b8");
}

static void reserved_bits_of_an_expectation_are_einval(void **state)
{
    struct payload_function function = expecting(1, 0xb8);

    (void)state;
    function.expect.rsv = 1;
    assert_not_put_in_force(&function, -EINVAL);
}

static void expectation_longer_than_the_function_is_erange(void **state)
{
    const struct payload_function function = expecting(17, 0xb8);

    (void)state;
    assert_not_put_in_force(&function, -ERANGE);
}

static void wrong_base_counts_before_a_wrong_expectation(void **state)
{
    const struct payload_function function = expecting(17, 0xb8);
    struct payload_description what = payload_simple;

    (void)state;
    what.functions = &function;
    what.depends = 0x77;
    assert_int_equal(upload_described("fix", &what), 0);
    assert_int_equal(act("fix", APPLY), -EINVAL);
    assert_logged("depends on build-id 7777");
    take_away("fix");
}

/* ---- hooks ----------------------------------------------------------------
 */

static int answer_of_hook;

static int answering(livepatch_payload_t *payload)
{
    (void)payload;
    note('p');
    return answer_of_hook;
}

static void noting_end(livepatch_payload_t *payload)
{
    (void)payload;
    note('q');
}

static const struct test_hook around[] = {{LP_HOOK_PREAPPLY, answering},
                                          {LP_HOOK_POSTAPPLY, noting_end},
                                          {LP_HOOK_PREREVERT, answering},
                                          {LP_HOOK_POSTREVERT, noting_end}};

static void load_hooked(void)
{
    const struct hook_payload what = {
        .function = "answer", .id = 1, .hooks = around, .nr_hooks = 4};

    noted[0] = '\0';
    answer_of_hook = 0;
    must_load_hook_payload(&what, "fix")->rc = EARLIER_RC;
}

static void veto_of_preapply_is_answer_and_rc(void **state)
{
    (void)state;
    load_hooked();
    answer_of_hook = -ENOSPC;
    assert_int_equal(act("fix", APPLY), -ENOSPC);
    assert_shows("fix", CHECKED, -ENOSPC);
    assert_string_equal(noted, "p");
    take_away("fix");
}

static void veto_of_prerevert_is_answer_and_rc(void **state)
{
    (void)state;
    load_hooked();
    assert_int_equal(act("fix", APPLY), 0);
    answer_of_hook = -ENOSPC;
    assert_int_equal(act("fix", REVERT), -ENOSPC);
    assert_shows("fix", APPLIED, -ENOSPC);
    answer_of_hook = 0;
    take_away("fix");
}

/* -EAGAIN in rc would mean that the action is still on its way, for ever. */
static void veto_of_eagain_is_ebusy(void **state)
{
    (void)state;
    load_hooked();
    answer_of_hook = -EAGAIN;
    assert_int_equal(act("fix", APPLY), -EBUSY);
    assert_shows("fix", CHECKED, -EBUSY);
    answer_of_hook = 0;
    assert_int_equal(act("fix", APPLY), 0);
    answer_of_hook = -EAGAIN;
    assert_int_equal(act("fix", REVERT), -EBUSY);
    assert_shows("fix", APPLIED, -EBUSY);
    answer_of_hook = 0;
    take_away("fix");
}

static void replace_with_pre_or_post_hooks_is_eopnotsupp(void **state)
{
    (void)state;
    load_hooked();
    assert_int_equal(act("fix", REPLACE), -EOPNOTSUPP);
    assert_shows("fix", CHECKED, EARLIER_RC);
    assert_string_equal(noted, "");
    take_away("fix");
}

/* The pre hook's side effects are undone by the post hook, whatever the end. */
static void missed_deadline_is_ebusy_and_runs_the_post_hook(void **state)
{
    (void)state;
    load_hooked();
    host_cpus_start(2);
    host_cpu_hold(1, HOST_AT_KICK);
    host_clock_fake(SECONDS(1));
    host_clock_jump_at(0, MILLISECS(31));
    assert_int_equal(act("fix", APPLY), 0);
    host_cpus_stop();
    host_clock_real();
    assert_shows("fix", CHECKED, -EBUSY);
    assert_string_equal(noted, "pq");
    take_away("fix");
}

/* ---- order of the checks ---------------------------------------------------
 */

static int send_action(const char *name, uint32_t action, uint32_t flags,
                       uint32_t pad)
{
    struct request request = action_request(name, action);

    put(&request, AT_ACTION_FLAGS, flags, 4);
    put(&request, AT_ACTION_PAD, pad, 4);
    return send_request(&request);
}

static void first_reason_counts(void **state)
{
    (void)state;
    assert_int_equal(upload("fix"), 0);
    assert_int_equal(send_action("nothing", 77, 2, 1), -EINVAL);
    assert_int_equal(send_action("nothing", 77, 2, 0), -ENOENT);
    assert_int_equal(send_action("fix", 77, 2, 0), -EOPNOTSUPP);
    host_log_clear();
    assert_int_equal(send_action("fix", REVERT, 2, 0), -EINVAL);
    assert_logged("unknown action flags 0x2");
    assert_int_equal(send_action("fix", REVERT, 0, 0), -EINVAL);
    assert_logged("cannot revert a payload that is CHECKED");
    take_away("fix");
}

static void unknown_flags_of_every_action_are_einval(void **state)
{
    (void)state;
    assert_int_equal(upload("fix"), 0);
    find_payload("fix")->rc = EARLIER_RC;
    for (enum action action = UNLOAD; action <= REPLACE; action++) {
        for (unsigned int bit = 1; bit < 32; bit++) {
            assert_int_equal(send_action("fix", action, 1U << bit, 0), -EINVAL);
        }
    }
    assert_shows("fix", CHECKED, EARLIER_RC);
    take_away("fix");
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, state_rows, state_decides);
    host_add(&tests, revert_below_the_top_is_ebusy);
    host_add(&tests, other_base_is_einval);
    host_add(&tests, lost_build_id_is_enodata);
    host_add(&tests, expectation_not_met_is_einval);
    host_add(&tests, reserved_bits_of_an_expectation_are_einval);
    host_add(&tests, expectation_longer_than_the_function_is_erange);
    host_add(&tests, wrong_base_counts_before_a_wrong_expectation);
    host_add(&tests, veto_of_preapply_is_answer_and_rc);
    host_add(&tests, veto_of_prerevert_is_answer_and_rc);
    host_add(&tests, veto_of_eagain_is_ebusy);
    host_add(&tests, replace_with_pre_or_post_hooks_is_eopnotsupp);
    host_add(&tests, missed_deadline_is_ebusy_and_runs_the_post_hook);
    host_add(&tests, first_reason_counts);
    host_add(&tests, unknown_flags_of_every_action_are_einval);
    return host_run(&tests);
}
