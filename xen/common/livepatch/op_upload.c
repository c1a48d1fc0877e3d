// SPDX-License-Identifier: GPL-2.0
/*
 * UPLOAD, and its dry run: the same, after which what was loaded is unloaded
 * again.
 *
 * Source: public/sysctl.h, XEN_SYSCTL_livepatch_op; public/livepatch_ext.h.
 */
#include "op.h"

#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/vmap.h>
#include <public/livepatch_ext.h>

#include "action.h"
#include "history.h"
#include "load.h"
#include "log.h"
#include "revoked.h"

#define LP_MAX_FILE_BYTES (2UL << 20)
_Static_assert(LP_MAX_FILE_BYTES <= 1UL << LP_NAME_BITS,
               "the place of a name in a file fits its field");

static int load_file(struct registry_locked locked, const char *name,
                     const struct xen_sysctl_livepatch_upload *upload)
{
    uint8_t *file = vmalloc(upload->size);
    int rc = -EFAULT;

    if (!file) {
        lp_err(name, "no memory for a file of %lu bytes", upload->size);
        return -ENOMEM;
    }
    if (copy_from_guest(file, upload->payload, upload->size) == 0) {
        rc = lp_load(locked, name, file, upload->size);
    }
    vfree(file);
    return rc;
}

static int upload_named(struct registry_locked locked, const char *name,
                        const struct xen_sysctl_livepatch_upload *upload)
{
    int rc;

    if (upload->size == 0 || upload->size > LP_MAX_FILE_BYTES) {
        lp_err(name, "a file of %lu bytes, expected 1 to %lu", upload->size,
               LP_MAX_FILE_BYTES);
        return -EINVAL;
    }
    if (lp_registry_find_name(locked, name)) {
        lp_err(name, "the name is in use");
        return -EEXIST;
    }
    rc = load_file(locked, name, upload);
    if (rc == 0) {
        lp_op_note_payload(lp_registry_find_name(locked, name));
    }
    return rc;
}

static int read_name(const struct xen_sysctl_livepatch_upload *upload,
                     char name[XEN_LIVEPATCH_NAME_SIZE])
{
    return lp_op_copy_name(&upload->name, name) || name[0] == '\0' ? -EINVAL
                                                                   : 0;
}

int lp_op_upload(const struct lp_request *request)
{
    const struct xen_sysctl_livepatch_upload *upload = &request->op->u.upload;
    char name[XEN_LIVEPATCH_NAME_SIZE];
    int rc = read_name(upload, name);

    if (rc) {
        return rc;
    }
    lp_history_begin(LIVEPATCH_EXT_DID_UPLOAD, name);
    rc = upload_named(request->locked, name, upload);
    if (rc == 0) {
        lp_revoked_add(request->locked,
                       lp_registry_find_name(request->locked, name));
    }
    lp_history_end(rc);
    return rc;
}

/* ---- the dry run -------------------------------------------------------- */

BUILD_BUG_ON(sizeof(struct livepatch_ext_dry_run_upload) >
             sizeof(((struct xen_sysctl_livepatch_op *)0)->u));
BUILD_BUG_ON(offsetof(struct livepatch_ext_dry_run_upload, cmd) !=
             sizeof(struct xen_sysctl_livepatch_upload));

/* What the action on the payload would be answered with. */
static int try_action(struct registry_locked locked, struct lp_payload *payload,
                      struct livepatch_ext_dry_run_upload *asked)
{
    struct lp_step step = {.payload = payload};
    struct lp_action action = {
        .cmd = asked->cmd,
        .flags = asked->flags,
        .step = &step,
        .nr = 1,
        .is_dry_run = true,
    };
    const int rc = lp_action_run(locked, &action);

    asked->nr_unasked = action.nr_unasked;
    return rc;
}

static int try_upload(const struct lp_request *request, const char *name,
                      struct livepatch_ext_dry_run_upload *asked)
{
    struct lp_payload *payload;
    int rc = upload_named(request->locked, name, &request->op->u.upload);

    if (rc) {
        return rc;
    }
    payload = lp_registry_find_name(request->locked, name);
    if (asked->cmd != LIVEPATCH_EXT_DID_UPLOAD) {
        asked->refused = asked->cmd;
        rc = try_action(request->locked, payload, asked);
    }
    lp_unload(request->locked, payload);
    return rc;
}

static bool is_whole(const struct livepatch_ext_dry_run_upload *asked)
{
    const bool is_action = asked->cmd == LIVEPATCH_ACTION_APPLY ||
                           asked->cmd == LIVEPATCH_ACTION_REPLACE;

    return asked->pad == 0 &&
           (is_action || asked->cmd == LIVEPATCH_EXT_DID_UPLOAD) &&
           (asked->flags & ~(is_action ? LIVEPATCH_ACTION_APPLY_NODEPS : 0)) ==
               0;
}

int lp_op_dry_run_upload(const struct lp_request *request)
{
    struct livepatch_ext_dry_run_upload *asked = (void *)&request->op->u;
    char name[XEN_LIVEPATCH_NAME_SIZE];
    int rc;

    if (!is_whole(asked) || read_name(&request->op->u.upload, name)) {
        return -EINVAL;
    }
    asked->refused = LIVEPATCH_EXT_DID_UPLOAD;
    asked->nr_unasked = 0;
    lp_log_dry_run(true);
    rc = try_upload(request, name, asked);
    lp_log_dry_run(false);
    return rc;
}
