// SPDX-License-Identifier: GPL-2.0
/*
 * The set; see members.h.
 */
#include "members.h"

struct lp_payload *members[NR_MEMBERS];
struct set_outcome outcome;

static int try_set(action_fn *act, struct lp_payload *const *payload,
                   unsigned int nr, uint32_t flags)
{
    const struct registry_locked locked = registry_lock();
    struct lp_step step[NR_MEMBERS];
    struct lp_action action = {.flags = flags, .step = step, .nr = nr};
    int rc;

    assert_true(nr <= NR_MEMBERS);
    action.cmd = act == lp_action_revert ? LIVEPATCH_ACTION_REVERT
                                         : LIVEPATCH_ACTION_APPLY;
    for (unsigned int i = 0; i < nr; i++) {
        step[i] = (struct lp_step){.payload = payload[i]};
    }
    rc = act(locked, &action);
    registry_unlock(locked);
    outcome = (struct set_outcome){.rc = action.rc};
    while (outcome.failed < nr &&
           (action.culprit == LP_NO_STEP ||
            payload[outcome.failed] != step[action.culprit].payload)) {
        outcome.failed++;
    }
    return rc;
}

int apply_set(struct lp_payload *const *payload, unsigned int nr,
              uint32_t flags)
{
    return try_set(lp_action_apply, payload, nr, flags);
}

int apply_members(uint32_t flags)
{
    return apply_set(members, NR_MEMBERS, flags);
}

int revert_set(struct lp_payload *const *payload, unsigned int nr)
{
    return try_set(lp_action_revert, payload, nr, 0);
}

void assert_all(enum lp_state state, int rc)
{
    for (unsigned int i = 0; i < NR_MEMBERS; i++) {
        assert_int_equal(members[i]->state, state);
        assert_int_equal(members[i]->rc, rc);
    }
}

void assert_nothing_changed(void)
{
    for (unsigned int i = 0; i < NR_MEMBERS; i++) {
        assert_int_equal(members[i]->state, LP_CHECKED);
    }
    assert_true(host_text_is_pristine());
}

void revert_members(void)
{
    assert_int_equal(revert_set(members, NR_MEMBERS), 0);
    assert_int_equal(outcome.failed, NR_MEMBERS);
    for (unsigned int i = 0; i < NR_MEMBERS; i++) {
        assert_int_not_equal(members[i]->state, LP_APPLIED);
        assert_int_equal(members[i]->rc, 0);
    }
    assert_true(host_text_is_pristine());
}

void unload_members(void)
{
    for (unsigned int i = 0; i < NR_MEMBERS; i++) {
        must_unload(members[i]);
    }
}

struct lp_payload *load_one(const char *name, uint8_t id, uint8_t depends,
                            const struct payload_function *function)
{
    const struct payload_description what = {
        .functions = function, .nr_functions = 1, .id = id, .depends = depends};

    return must_load_described(&what, name);
}

struct payload_function replacement(const char *name, const uint8_t code[6])
{
    return (struct payload_function){.old_name = name,
                                     .old_size = 16,
                                     .code = code,
                                     .code_bytes = HOST_RETURN_BYTES};
}
