/* SPDX-License-Identifier: GPL-2.0 */
/*
 * All legal moves of a payload, in one table, and the only writer of its
 * state.
 */
#ifndef LP_STATE_H
#define LP_STATE_H

#include "payload.h"

enum lp_event {
    LP_EVENT_APPLY,  /* an APPLY begins */
    LP_EVENT_REVERT, /* a REVERT begins */
    LP_EVENT_UNLOAD, /* the payload is about to be freed */
    LP_EVENT_DONE,   /* the action changed the text */
    LP_EVENT_FAILED, /* the action changed nothing */
    LP_EVENT_SPENT,  /* no longer in force, and its data may have changed */
    LP_EVENT_NR
};

/* 0 when the event is legal in the state, -EINVAL when it is not. Logs. */
int lp_state_check(const struct lp_payload *payload,
                   enum lp_event event) __must_check;

/* Makes the move, which must be legal. UNLOAD leaves the state as it is. */
void lp_state_move(struct lp_payload *payload, enum lp_event event);

/* The state as the ABI shows it: LIVEPATCH_STATE_CHECKED or _APPLIED. */
uint32_t lp_state_abi(const struct lp_payload *payload);

/* As the extension shows it: those, or LIVEPATCH_EXT_STATE_SPENT. */
uint32_t lp_state_ext(const struct lp_payload *payload);

const char *lp_state_name(enum lp_state state);

#endif
