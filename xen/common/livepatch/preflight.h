/* SPDX-License-Identifier: GPL-2.0 */
/*
 * May this action run now? Everything that can be known before the pCPUs stop
 * is asked here; nothing is changed.
 */
#ifndef LP_PREFLIGHT_H
#define LP_PREFLIGHT_H

#include "registry.h"

/* Several payloads of one request, none of them twice: for APPLY in the order
 * in which they will lie on each other. */
struct lp_set {
    struct lp_payload *const *payload;
    unsigned int nr;
};

/*
 * APPLY of each payload of a set on top of the one before it: flags are
 * LIVEPATCH_ACTION_APPLY_*.
 *   -EINVAL  wrong state; twice in the set; depends on another build than what
 *            it would lie on (the one before it, the top of the stack, or the
 *            hypervisor), unless NODEPS; an expectation is malformed or not
 *            met; it changes or expects text that one before it changes by an
 *            apply hook of its own, so that nobody knows what will stand there
 *   -ERANGE  an expectation is longer than the function
 * *failed is the number of the payload that is the reason.
 */
int lp_preflight_apply(struct registry_locked locked, const struct lp_set *set,
                       uint32_t flags, unsigned int *failed) __must_check;

/*
 * REPLACE: as APPLY on the bare hypervisor, with the text as it would be once
 * everything applied has been reverted; and
 *   -EOPNOTSUPP  this payload or one that is applied has a pre or post hook
 */
int lp_preflight_replace(struct registry_locked locked,
                         const struct lp_payload *payload,
                         uint32_t flags) __must_check;

/*
 * REVERT of a set, in whatever order.
 *   -EINVAL  wrong state; twice in the set
 *   -EBUSY   a payload that is not in the set lies above it in the stack
 * *failed is the number of the payload that is the reason.
 */
int lp_preflight_revert(struct registry_locked locked, const struct lp_set *set,
                        unsigned int *failed) __must_check;

/* -EINVAL wrong state; -EBUSY another payload refers to it. */
int lp_preflight_unload(const struct lp_payload *payload) __must_check;

#endif
