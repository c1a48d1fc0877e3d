// SPDX-License-Identifier: GPL-2.0
/*
 * The sysctl edge: copies requests in and answers out, checks sizes and
 * padding, and hands each request to the layer below by a table. The only file
 * that touches guest memory. Serves interface version 0x15.
 *
 * Source: public/sysctl.h, XEN_SYSCTL_livepatch_op.
 */
#include <xen/livepatch.h>

#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/string.h>
#include <xen/vmap.h>

#include "action.h"
#include "load.h"
#include "log.h"
#include "registry.h"
#include "state.h"

#define LP_MAX_FILE_BYTES (2UL << 20)
#define LP_MAX_LIST 1024

/* Reads a name; -EINVAL for a bad size, padding or end, -EFAULT. */
static int copy_name(const struct xen_livepatch_name *name,
                     char text[XEN_LIVEPATCH_NAME_SIZE])
{
    if (name->size == 0 || name->size > XEN_LIVEPATCH_NAME_SIZE ||
        name->pad[0] || name->pad[1] || name->pad[2]) {
        return -EINVAL;
    }
    if (copy_from_guest(text, name->name, name->size)) {
        return -EFAULT;
    }
    return text[name->size - 1] == '\0' ? 0 : -EINVAL;
}

/* The payload a request names; -ENOENT and copy_name()'s. */
static int find_payload(struct registry_locked locked,
                        const struct xen_livepatch_name *name,
                        struct payload **payload)
{
    char text[XEN_LIVEPATCH_NAME_SIZE];
    int rc = copy_name(name, text);

    if (rc) {
        return rc;
    }
    *payload = lp_registry_find_name(locked, text);
    return *payload ? 0 : -ENOENT;
}

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

static int op_upload(struct registry_locked locked,
                     struct xen_sysctl_livepatch_op *op)
{
    const struct xen_sysctl_livepatch_upload *upload = &op->u.upload;
    char name[XEN_LIVEPATCH_NAME_SIZE];

    if (copy_name(&upload->name, name)) {
        return -EINVAL;
    }
    if (upload->size == 0 || upload->size > LP_MAX_FILE_BYTES) {
        lp_err(name, "a file of %lu bytes, expected 1 to %lu", upload->size,
               LP_MAX_FILE_BYTES);
        return -EINVAL;
    }
    if (lp_registry_find_name(locked, name)) {
        lp_err(name, "the name is in use");
        return -EEXIST;
    }
    return load_file(locked, name, upload);
}

static struct xen_livepatch_status status_of(const struct payload *payload)
{
    return (struct xen_livepatch_status){
        .state = lp_state_abi(payload),
        .rc = payload->rc,
    };
}

static int op_get(struct registry_locked locked,
                  struct xen_sysctl_livepatch_op *op)
{
    struct payload *payload;
    const int rc = find_payload(locked, &op->u.get.name, &payload);

    if (rc == 0) {
        op->u.get.status = status_of(payload);
    }
    return rc;
}

static uint32_t name_bytes(const struct payload *payload)
{
    return strlen(payload->name) + 1;
}

/* Answers a LIST that asks for sizes only. */
static void list_sizes(struct registry_locked locked,
                       struct xen_sysctl_livepatch_list *list)
{
    const struct payload *payload = lp_registry_at(locked, 0);

    list->nr = lp_registry_count(locked);
    list->name_total_size = 0;
    list->metadata_total_size = 0;
    for (; payload; payload = lp_registry_next(locked, payload)) {
        list->name_total_size += name_bytes(payload);
        list->metadata_total_size += payload->metadata_bytes;
    }
}

/* Writes entry number i of the answer; totals are the bytes written so far. */
static int list_entry_out(const struct xen_sysctl_livepatch_list *list,
                          unsigned int i, const struct payload *payload,
                          uint32_t names, uint32_t metadata)
{
    const struct xen_livepatch_status status = status_of(payload);
    const uint32_t len = name_bytes(payload);

    if (copy_to_guest_offset(list->status, i, &status, 1) ||
        copy_to_guest_offset(list->name, names, payload->name, len) ||
        copy_to_guest_offset(list->len, i, &len, 1) ||
        copy_to_guest_offset(list->metadata, metadata, payload->metadata,
                             payload->metadata_bytes) ||
        copy_to_guest_offset(list->metadata_len, i, &payload->metadata_bytes,
                             1)) {
        return -EFAULT;
    }
    return 0;
}

static int list_entries(struct registry_locked locked,
                        struct xen_sysctl_livepatch_list *list)
{
    const unsigned int count = lp_registry_count(locked);
    const unsigned int nr = min(list->nr, count - list->idx);
    const struct payload *payload = lp_registry_at(locked, list->idx);
    uint32_t names = 0, metadata = 0;

    for (unsigned int i = 0; i < nr; i++) {
        if (list_entry_out(list, i, payload, names, metadata)) {
            return -EFAULT;
        }
        names += name_bytes(payload);
        metadata += payload->metadata_bytes;
        payload = lp_registry_next(locked, payload);
    }
    list->nr = count - list->idx - nr;
    list->name_total_size = names;
    list->metadata_total_size = metadata;
    return nr;
}

static int op_list(struct registry_locked locked,
                   struct xen_sysctl_livepatch_op *op)
{
    struct xen_sysctl_livepatch_list *list = &op->u.list;
    const unsigned int count = lp_registry_count(locked);

    if (list->nr > LP_MAX_LIST) {
        return -E2BIG;
    }
    if (list->pad || (count != 0 && list->idx >= count)) {
        return -EINVAL;
    }
    list->version = lp_registry_version(locked);
    if (list->nr == 0 || count == 0) {
        list_sizes(locked, list);
        return 0;
    }
    return list_entries(locked, list);
}

static int run_action(struct registry_locked locked, struct payload *payload,
                      const struct xen_sysctl_livepatch_action *action)
{
    switch (action->cmd) {
    case LIVEPATCH_ACTION_UNLOAD:
        return lp_action_unload(locked, payload);
    case LIVEPATCH_ACTION_REVERT:
        return lp_action_revert(locked, payload, action->timeout);
    case LIVEPATCH_ACTION_APPLY:
        return lp_action_apply(locked, payload, action->timeout, action->flags);
    }
    lp_err(payload->name, "action %u is not supported", action->cmd);
    return -EOPNOTSUPP;
}

static int op_action(struct registry_locked locked,
                     struct xen_sysctl_livepatch_op *op)
{
    const struct xen_sysctl_livepatch_action *action = &op->u.action;
    struct payload *payload;
    int rc;

    if (action->pad) {
        return -EINVAL;
    }
    rc = find_payload(locked, &action->name, &payload);
    if (rc) {
        return rc;
    }
    if (action->flags & ~LIVEPATCH_ACTION_APPLY_NODEPS) {
        lp_err(payload->name, "unknown action flags %#x", action->flags);
        return -EINVAL;
    }
    return run_action(locked, payload, action);
}

typedef int op_fn(struct registry_locked locked,
                  struct xen_sysctl_livepatch_op *op);

static op_fn *const ops[] = {
    [XEN_SYSCTL_LIVEPATCH_UPLOAD] = op_upload,
    [XEN_SYSCTL_LIVEPATCH_GET] = op_get,
    [XEN_SYSCTL_LIVEPATCH_LIST] = op_list,
    [XEN_SYSCTL_LIVEPATCH_ACTION] = op_action,
};

int livepatch_op(struct xen_sysctl_livepatch_op *op)
{
    struct registry_locked locked;
    int rc;

    if (op->pad) {
        return -EINVAL;
    }
    if (op->cmd >= ARRAY_SIZE(ops)) {
        return -EOPNOTSUPP;
    }
    locked = registry_lock();
    rc = ops[op->cmd](locked, op);
    registry_unlock(locked);
    return rc;
}
