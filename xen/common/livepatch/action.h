/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One request to change what is in force, from start to end.
 *
 * A request that preflight refuses gets its errno, and nothing changes. One
 * that is accepted returns 0; how it ended is the payload's rc: 0, or -EBUSY
 * when not every pCPU came to the rendezvous in time, -ENOMEM, -EINVAL when
 * the text could not be mapped; the state is unchanged then.
 */
#ifndef LP_ACTION_H
#define LP_ACTION_H

#include "registry.h"

/* timeout_ns bounds the gathering of the pCPUs; 0: the default. */
int lp_action_apply(struct registry_locked locked, struct payload *payload,
                    uint32_t timeout_ns, uint32_t flags) __must_check;
int lp_action_revert(struct registry_locked locked, struct payload *payload,
                     uint32_t timeout_ns) __must_check;

/* Frees the payload. */
int lp_action_unload(struct registry_locked locked,
                     struct payload *payload) __must_check;

#endif
