/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the sysctl edge share: a request and how it is served. op.c
 * has the entry and Xen's own operations but for UPLOAD, which stands in
 * op_upload.c with its dry run; op_ext.c what the public extension tells
 * (public/livepatch_ext.h), op_set.c what it does to payloads that it names.
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

lp_op_fn lp_op_upload, lp_op_dry_run_upload;
lp_op_fn lp_op_action_set, lp_op_dry_run_action;

/* Reads a name; -EINVAL for a bad size, padding or end, -EFAULT. */
int lp_op_copy_name(const struct xen_livepatch_name *name,
                    char text[XEN_LIVEPATCH_NAME_SIZE]) __must_check;

/* For the history: what is known of a payload before anything happens to it. */
void lp_op_note_payload(const struct lp_payload *payload);

#endif
