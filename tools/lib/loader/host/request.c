// SPDX-License-Identifier: GPL-2.0
/*
 * By the subsystem's front door, in the newest version of the interface.
 */
#include "lib/loader/host/request.h"

#include <xen/livepatch.h>
#include <xen/string.h>
#include <public/sysctl.h>

#define INTERFACE_VERSION 0x16

static const uint32_t commands[] = {
    [LOADER_UNLOAD] = LIVEPATCH_ACTION_UNLOAD,
    [LOADER_REVERT] = LIVEPATCH_ACTION_REVERT,
    [LOADER_APPLY] = LIVEPATCH_ACTION_APPLY,
    [LOADER_REPLACE] = LIVEPATCH_ACTION_REPLACE,
};

static struct xen_livepatch_name name_of(const char *text)
{
    struct xen_livepatch_name name = {.size = strlen(text) + 1};

    name.name.p = (char *)text;
    return name;
}

int request_upload(const char *name, const void *bytes, size_t nr_bytes)
{
    struct xen_sysctl_livepatch_op op = {.cmd = XEN_SYSCTL_LIVEPATCH_UPLOAD};

    op.u.upload.name = name_of(name);
    op.u.upload.size = nr_bytes;
    op.u.upload.payload.p = (uint8_t *)bytes;
    return livepatch_op(&op, INTERFACE_VERSION);
}

/* How the last action about a payload ended. */
static int read_rc(const char *name)
{
    struct xen_sysctl_livepatch_op op = {.cmd = XEN_SYSCTL_LIVEPATCH_GET};
    int rc;

    op.u.get.name = name_of(name);
    rc = livepatch_op(&op, INTERFACE_VERSION);
    return rc ? rc : op.u.get.status.rc;
}

int request_act(enum loader_action action, const char *name, bool ignores_base)
{
    struct xen_sysctl_livepatch_op op = {.cmd = XEN_SYSCTL_LIVEPATCH_ACTION};
    int rc;

    op.u.action.name = name_of(name);
    op.u.action.cmd = commands[action];
    op.u.action.timeout = UINT32_MAX;
    op.u.action.flags = ignores_base ? LIVEPATCH_ACTION_APPLY_NODEPS : 0;
    rc = livepatch_op(&op, INTERFACE_VERSION);
    return rc || action == LOADER_UNLOAD ? rc : read_rc(name);
}
