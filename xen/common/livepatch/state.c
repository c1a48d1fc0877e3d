// SPDX-License-Identifier: GPL-2.0
/*
 * The state table. A move that is not in it is illegal.
 */
#include "state.h"

#include <xen/errno.h>
#include <public/livepatch_ext.h>

#include "log.h"

#define ILLEGAL LP_STATE_NR

static const enum lp_state moves[LP_STATE_NR][LP_EVENT_NR] = {
    [LP_CHECKED] =
        {
            [LP_EVENT_APPLY] = LP_APPLYING,
            [LP_EVENT_REVERT] = ILLEGAL,
            [LP_EVENT_UNLOAD] = LP_CHECKED,
            [LP_EVENT_DONE] = ILLEGAL,
            [LP_EVENT_FAILED] = ILLEGAL,
            [LP_EVENT_SPENT] = ILLEGAL,
        },
    [LP_APPLYING] =
        {
            [LP_EVENT_APPLY] = ILLEGAL,
            [LP_EVENT_REVERT] = ILLEGAL,
            [LP_EVENT_UNLOAD] = ILLEGAL,
            [LP_EVENT_DONE] = LP_APPLIED,
            [LP_EVENT_FAILED] = LP_CHECKED,
            [LP_EVENT_SPENT] = LP_SPENT,
        },
    [LP_APPLIED] =
        {
            [LP_EVENT_APPLY] = ILLEGAL,
            [LP_EVENT_REVERT] = LP_REVERTING,
            [LP_EVENT_UNLOAD] = ILLEGAL,
            [LP_EVENT_DONE] = ILLEGAL,
            [LP_EVENT_FAILED] = ILLEGAL,
            [LP_EVENT_SPENT] = ILLEGAL,
        },
    [LP_REVERTING] =
        {
            [LP_EVENT_APPLY] = ILLEGAL,
            [LP_EVENT_REVERT] = ILLEGAL,
            [LP_EVENT_UNLOAD] = ILLEGAL,
            [LP_EVENT_DONE] = LP_CHECKED,
            [LP_EVENT_FAILED] = LP_APPLIED,
            [LP_EVENT_SPENT] = LP_SPENT,
        },
    [LP_SPENT] =
        {
            [LP_EVENT_APPLY] = ILLEGAL,
            [LP_EVENT_REVERT] = ILLEGAL,
            [LP_EVENT_UNLOAD] = LP_SPENT,
            [LP_EVENT_DONE] = ILLEGAL,
            [LP_EVENT_FAILED] = ILLEGAL,
            [LP_EVENT_SPENT] = ILLEGAL,
        },
};

static const char *const state_names[LP_STATE_NR] = {
    [LP_CHECKED] = "CHECKED",
    [LP_APPLYING] = "APPLYING",
    [LP_APPLIED] = "APPLIED",
    [LP_REVERTING] = "REVERTING",
    [LP_SPENT] = "SPENT (reverted, with data that may have changed)",
};

static const char *const event_names[LP_EVENT_NR] = {
    [LP_EVENT_APPLY] = "apply",   [LP_EVENT_REVERT] = "revert",
    [LP_EVENT_UNLOAD] = "unload", [LP_EVENT_DONE] = "complete",
    [LP_EVENT_FAILED] = "fail",   [LP_EVENT_SPENT] = "spend",
};

const char *lp_state_name(enum lp_state state)
{
    return state_names[state];
}

int lp_state_check(const struct lp_payload *payload, enum lp_event event)
{
    if (moves[payload->state][event] == ILLEGAL) {
        lp_err(payload->name, "cannot %s a payload that is %s",
               event_names[event], state_names[payload->state]);
        return -EINVAL;
    }
    return 0;
}

void lp_state_move(struct lp_payload *payload, enum lp_event event)
{
    const enum lp_state next = moves[payload->state][event];

    BUG_ON(next == ILLEGAL);
    payload->state = next;
}

uint32_t lp_state_abi(const struct lp_payload *payload)
{
    return payload->state == LP_APPLIED || payload->state == LP_REVERTING
               ? LIVEPATCH_STATE_APPLIED
               : LIVEPATCH_STATE_CHECKED;
}

uint32_t lp_state_ext(const struct lp_payload *payload)
{
    return payload->state == LP_SPENT ? LIVEPATCH_EXT_STATE_SPENT
                                      : lp_state_abi(payload);
}
