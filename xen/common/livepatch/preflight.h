/* SPDX-License-Identifier: GPL-2.0 */
/*
 * May this action run now? Everything that can be known before the pCPUs stop
 * is asked here; nothing is changed.
 */
#ifndef LP_PREFLIGHT_H
#define LP_PREFLIGHT_H

#include "registry.h"

/*
 * APPLY: flags are LIVEPATCH_ACTION_APPLY_*.
 *   -EINVAL  wrong state; depends on another build than what it would lie on
 *            (the top of the stack, or the hypervisor), unless NODEPS; an
 *            expectation is malformed or not met
 *   -ERANGE  an expectation is longer than the function
 */
int lp_preflight_apply(struct registry_locked locked,
                       const struct lp_payload *payload,
                       uint32_t flags) __must_check;

/*
 * REPLACE: as APPLY on the bare hypervisor, with the text as it would be once
 * everything applied has been reverted; and
 *   -EOPNOTSUPP  this payload or one that is applied has a pre or post hook
 */
int lp_preflight_replace(struct registry_locked locked,
                         const struct lp_payload *payload,
                         uint32_t flags) __must_check;

/* -EINVAL wrong state; -EBUSY a payload lies above it in the stack. */
int lp_preflight_revert(struct registry_locked locked,
                        const struct lp_payload *payload) __must_check;

/* -EINVAL wrong state; -EBUSY another payload refers to it. */
int lp_preflight_unload(const struct lp_payload *payload) __must_check;

#endif
