// SPDX-License-Identifier: GPL-2.0
/*
 * Every pair of state and event: the legal moves are listed here once more, by
 * hand, and all others are refused and panic.
 */
#include "host/test.h"

#include <public/sysctl.h>

#include "state.h"

struct move {
    enum lp_state from;
    enum lp_event event;
    enum lp_state to;
};

static const struct move legal[] = {
    {LP_CHECKED, LP_EVENT_APPLY, LP_APPLYING},
    {LP_CHECKED, LP_EVENT_UNLOAD, LP_CHECKED},
    {LP_APPLYING, LP_EVENT_DONE, LP_APPLIED},
    {LP_APPLYING, LP_EVENT_FAILED, LP_CHECKED},
    {LP_APPLYING, LP_EVENT_SPENT, LP_SPENT},
    {LP_APPLIED, LP_EVENT_REVERT, LP_REVERTING},
    {LP_REVERTING, LP_EVENT_DONE, LP_CHECKED},
    {LP_REVERTING, LP_EVENT_FAILED, LP_APPLIED},
    {LP_REVERTING, LP_EVENT_SPENT, LP_SPENT},
    {LP_SPENT, LP_EVENT_UNLOAD, LP_SPENT},
};

static const struct move *find_move(enum lp_state from, enum lp_event event)
{
    for (size_t i = 0; i < sizeof(legal) / sizeof(legal[0]); i++) {
        if (legal[i].from == from && legal[i].event == event) {
            return &legal[i];
        }
    }
    return NULL;
}

struct attempt {
    struct lp_payload payload;
    enum lp_event event;
};

static void make_move(void *arg)
{
    struct attempt *attempt = arg;

    lp_state_move(&attempt->payload, attempt->event);
}

static void pair_is_legal_or_refused(enum lp_state from, enum lp_event event)
{
    const struct move *move = find_move(from, event);
    struct attempt attempt = {
        .payload = {.name = "fix", .state = from},
        .event = event,
    };

    host_log_clear();
    assert_int_equal(lp_state_check(&attempt.payload, event),
                     move ? 0 : -EINVAL);
    assert_int_equal(attempt.payload.state, from);
    assert_int_equal(host_log_errors(), !move);
    if (move) {
        make_move(&attempt);
        assert_int_equal(attempt.payload.state, move->to);
    } else {
        assert_logged("livepatch: fix: cannot ");
        assert_logged(lp_state_name(from));
        assert_panics(make_move, &attempt, "BUG");
        assert_int_equal(attempt.payload.state, from);
    }
}

static void every_pair_is_legal_or_refused(void **state)
{
    (void)state;
    for (unsigned int from = 0; from < LP_STATE_NR; from++) {
        for (unsigned int event = 0; event < LP_EVENT_NR; event++) {
            pair_is_legal_or_refused(from, event);
        }
    }
}

static void abi_shows_checked_and_applied_only(void **state)
{
    static const uint32_t shown[LP_STATE_NR] = {
        [LP_CHECKED] = LIVEPATCH_STATE_CHECKED,
        [LP_APPLYING] = LIVEPATCH_STATE_CHECKED,
        [LP_APPLIED] = LIVEPATCH_STATE_APPLIED,
        [LP_REVERTING] = LIVEPATCH_STATE_APPLIED,
        [LP_SPENT] = LIVEPATCH_STATE_CHECKED,
    };

    (void)state;
    for (unsigned int i = 0; i < LP_STATE_NR; i++) {
        const struct lp_payload payload = {.state = i};

        assert_int_equal(lp_state_abi(&payload), shown[i]);
    }
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, every_pair_is_legal_or_refused);
    host_add(&tests, abi_shows_checked_and_applied_only);
    return host_run(&tests);
}
