// SPDX-License-Identifier: GPL-2.0
/*
 * The sysctl edge: copies requests in and answers out, checks sizes and
 * padding, and hands each request to the layer below by a table. Guest memory
 * is touched here and in op_ext.c, which serves what Xen does not have, and
 * nowhere else. Serves interface versions 0x15 and 0x16, a caller of either by
 * its own rules.
 *
 * Source: public/sysctl.h, XEN_SYSCTL_livepatch_op.
 */
#include "op.h"

#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/livepatch.h>
#include <xen/string.h>
#include <xen/vmap.h>

#include "action.h"
#include "history.h"
#include "load.h"
#include "log.h"
#include "state.h"

#define LP_MAX_FILE_BYTES (2UL << 20)
_Static_assert(LP_MAX_FILE_BYTES <= 1UL << LP_NAME_BITS,
               "the place of a name in a file fits its field");
#define LP_MAX_LIST 1024

/* Since this version `pad` holds flags, and LIST's totals are capacities. */
#define VERSION_CAPACITIES 0x16
#define FLAG_FORCE (1U << 0) /* of `flags`; nothing here needs forcing */

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
                        struct lp_payload **payload)
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

/* For the history: what is known of a payload before anything happens to it. */
static void note_payload(const struct lp_payload *payload)
{
    lp_history_current()->nr_payloads = 1;
    lp_history_current()->nr_functions = payload->nfuncs;
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
        note_payload(lp_registry_find_name(locked, name));
    }
    return rc;
}

static int op_upload(const struct lp_request *request)
{
    const struct xen_sysctl_livepatch_upload *upload = &request->op->u.upload;
    char name[XEN_LIVEPATCH_NAME_SIZE];
    int rc;

    if (copy_name(&upload->name, name) || name[0] == '\0') {
        return -EINVAL;
    }
    lp_history_begin(LIVEPATCH_EXT_DID_UPLOAD, name);
    rc = upload_named(request->locked, name, upload);
    lp_history_end(rc);
    return rc;
}

static struct xen_livepatch_status status_of(const struct lp_payload *payload)
{
    return (struct xen_livepatch_status){
        .state = lp_state_abi(payload),
        .rc = payload->rc,
    };
}

static int op_get(const struct lp_request *request)
{
    struct lp_payload *payload;
    const int rc =
        find_payload(request->locked, &request->op->u.get.name, &payload);

    if (rc == 0) {
        request->op->u.get.status = status_of(payload);
    }
    return rc;
}

static uint32_t name_bytes(const struct lp_payload *payload)
{
    return strlen(payload->name) + 1;
}

/* Answers a LIST that asks for sizes only. */
static void list_sizes(struct registry_locked locked,
                       struct xen_sysctl_livepatch_list *list)
{
    const struct lp_payload *payload = lp_registry_at(locked, 0);

    list->nr = lp_registry_count(locked);
    list->name_total_size = 0;
    list->metadata_total_size = 0;
    for (; payload; payload = lp_registry_next(locked, payload)) {
        list->name_total_size += name_bytes(payload);
        list->metadata_total_size += payload->metadata_bytes;
    }
}

/* Room in the caller's arrays of names and metadata, and what is used. */
struct list_space {
    uint64_t names, metadata;
    uint32_t names_used, metadata_used;
};

static struct list_space space_of(const struct xen_sysctl_livepatch_list *list,
                                  uint32_t interface_version)
{
    if (interface_version < VERSION_CAPACITIES) {
        return (struct list_space){.names = UINT64_MAX, .metadata = UINT64_MAX};
    }
    return (struct list_space){
        .names = list->name_total_size,
        .metadata = list->metadata_total_size,
    };
}

static bool has_space(const struct list_space *space,
                      const struct lp_payload *payload)
{
    return space->names - space->names_used >= name_bytes(payload) &&
           space->metadata - space->metadata_used >= payload->metadata_bytes;
}

/* Writes entry number i of the answer. */
static int list_entry_out(const struct xen_sysctl_livepatch_list *list,
                          unsigned int i, const struct lp_payload *payload,
                          struct list_space *space)
{
    const struct xen_livepatch_status status = status_of(payload);
    const uint32_t len = name_bytes(payload);

    if (!has_space(space, payload)) {
        return -ENOBUFS;
    }
    if (copy_to_guest_offset(list->status, i, &status, 1) ||
        copy_to_guest_offset(list->name, space->names_used, payload->name,
                             len) ||
        copy_to_guest_offset(list->len, i, &len, 1) ||
        copy_to_guest_offset(list->metadata, space->metadata_used,
                             payload->metadata, payload->metadata_bytes) ||
        copy_to_guest_offset(list->metadata_len, i, &payload->metadata_bytes,
                             1)) {
        return -EFAULT;
    }
    space->names_used += len;
    space->metadata_used += payload->metadata_bytes;
    return 0;
}

/* An entry that does not fit counts as visited. */
static int list_entries(struct registry_locked locked,
                        struct xen_sysctl_livepatch_list *list,
                        struct list_space *space)
{
    const unsigned int count = lp_registry_count(locked);
    const unsigned int nr = min(list->nr, count - list->idx);
    const struct lp_payload *payload = lp_registry_at(locked, list->idx);
    unsigned int visited = 0;
    int rc = 0;

    while (rc == 0 && visited < nr) {
        rc = list_entry_out(list, visited++, payload, space);
        payload = lp_registry_next(locked, payload);
    }
    if (rc == -EFAULT) {
        return rc;
    }
    list->nr = count - list->idx - visited;
    list->name_total_size = space->names_used;
    list->metadata_total_size = space->metadata_used;
    return rc ? rc : (int)visited;
}

static int op_list(const struct lp_request *request)
{
    struct xen_sysctl_livepatch_list *list = &request->op->u.list;
    struct list_space space = space_of(list, request->interface_version);
    const unsigned int count = lp_registry_count(request->locked);

    if (list->nr > LP_MAX_LIST) {
        return -E2BIG;
    }
    if (list->pad || (count != 0 && list->idx >= count)) {
        return -EINVAL;
    }
    list->version = lp_registry_version(request->locked);
    if (list->nr == 0 || count == 0) {
        list_sizes(request->locked, list);
        return 0;
    }
    return list_entries(request->locked, list, &space);
}

static int unload(struct registry_locked locked, struct lp_action *action)
{
    return lp_action_unload(locked, action->step[0].payload);
}

static int (*const actions[])(struct registry_locked locked,
                              struct lp_action *action) = {
    [LIVEPATCH_ACTION_UNLOAD] = unload,
    [LIVEPATCH_ACTION_REVERT] = lp_action_revert,
    [LIVEPATCH_ACTION_APPLY] = lp_action_apply,
    [LIVEPATCH_ACTION_REPLACE] = lp_action_replace,
};

static int check_action(const char *name,
                        const struct xen_sysctl_livepatch_action *request)
{
    if (request->cmd >= ARRAY_SIZE(actions) || !actions[request->cmd]) {
        lp_err(name, "action %u is not supported", request->cmd);
        return -EOPNOTSUPP;
    }
    if (request->flags & ~LIVEPATCH_ACTION_APPLY_NODEPS) {
        lp_err(name, "unknown action flags %#x", request->flags);
        return -EINVAL;
    }
    return 0;
}

static int act_on_named(struct registry_locked locked, const char *name,
                        const struct xen_sysctl_livepatch_action *asked)
{
    struct lp_step step = {.payload = lp_registry_find_name(locked, name)};
    struct lp_action action = {
        .cmd = asked->cmd,
        .flags = asked->flags,
        .timeout_ns = asked->timeout,
        .step = &step,
        .nr = 1,
    };
    int rc;

    if (!step.payload) {
        return -ENOENT;
    }
    note_payload(step.payload);
    rc = check_action(name, asked);
    return rc ? rc : actions[asked->cmd](locked, &action);
}

static int op_action(const struct lp_request *request)
{
    const struct xen_sysctl_livepatch_action *asked = &request->op->u.action;
    char name[XEN_LIVEPATCH_NAME_SIZE];
    int rc;

    if (asked->pad) {
        return -EINVAL;
    }
    rc = copy_name(&asked->name, name);
    if (rc) {
        return rc;
    }
    lp_history_begin(asked->cmd, name);
    rc = act_on_named(request->locked, name, asked);
    lp_history_end(rc);
    return rc;
}

static lp_op_fn *const ops[] = {
    [XEN_SYSCTL_LIVEPATCH_UPLOAD] = op_upload,
    [XEN_SYSCTL_LIVEPATCH_GET] = op_get,
    [XEN_SYSCTL_LIVEPATCH_LIST] = op_list,
    [XEN_SYSCTL_LIVEPATCH_ACTION] = op_action,
};

static lp_op_fn *find_op(uint32_t cmd)
{
    return cmd < ARRAY_SIZE(ops) ? ops[cmd] : lp_op_ext_find(cmd);
}

static bool has_known_flags(const struct xen_sysctl_livepatch_op *op,
                            uint32_t interface_version)
{
    const uint32_t known =
        interface_version < VERSION_CAPACITIES ? 0 : FLAG_FORCE;

    return (op->pad & ~known) == 0;
}

int livepatch_op(struct xen_sysctl_livepatch_op *op, uint32_t interface_version)
{
    struct lp_request request = {
        .op = op,
        .interface_version = interface_version,
    };
    lp_op_fn *serve = find_op(op->cmd);
    int rc;

    if (!has_known_flags(op, interface_version)) {
        return -EINVAL;
    }
    if (!serve) {
        return -EOPNOTSUPP;
    }
    request.locked = registry_lock();
    rc = serve(&request);
    registry_unlock(request.locked);
    return rc;
}
