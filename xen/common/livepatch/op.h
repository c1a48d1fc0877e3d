/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the two halves of the sysctl edge share: a request and how it is
 * served. op.c has Xen's own operations and the entry, op_ext.c those of the
 * public extension (public/livepatch_ext.h).
 */
#ifndef LP_OP_H
#define LP_OP_H

#include "registry.h"

/* A sysctl, the rules that its caller knows, and the lock it is served under.
 */
struct lp_request {
    struct xen_sysctl_livepatch_op *op;
    uint32_t interface_version;
    struct registry_locked locked;
};

/* Gives what the caller gets. */
typedef int lp_op_fn(const struct lp_request *request);

/* The extension's operation of this number, or NULL. */
lp_op_fn *lp_op_ext_find(uint32_t cmd);

#endif
