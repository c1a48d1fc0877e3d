// SPDX-License-Identifier: GPL-2.0
/*
 * The sysctl edge: copies requests in and answers out, checks sizes and
 * padding, and hands each request to the layer below by a table. Guest memory
 * is touched in the files of the edge (op.h) and nowhere else. Serves interface
 * versions 0x15 and 0x16, a caller of either by its own rules.
 *
 * Source: public/sysctl.h, XEN_SYSCTL_livepatch_op.
 */
#include "op.h"

#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/livepatch.h>
#include <xen/string.h>

#include "action.h"
#include "history.h"
#include "log.h"
#include "state.h"

#define LP_MAX_LIST 1024

/* Since this version `pad` holds flags, and LIST's totals are capacities. */
#define VERSION_CAPACITIES 0x16
#define FLAG_FORCE (1U << 0) /* of `flags`; nothing here needs forcing */

int lp_op_copy_name(const struct xen_livepatch_name *name,
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

/* The payload a request names; -ENOENT and lp_op_copy_name()'s. */
static int find_payload(struct registry_locked locked,
                        const struct xen_livepatch_name *name,
                        struct lp_payload **payload)
{
    char text[XEN_LIVEPATCH_NAME_SIZE];
    int rc = lp_op_copy_name(name, text);

    if (rc) {
        return rc;
    }
    *payload = lp_registry_find_name(locked, text);
    return *payload ? 0 : -ENOENT;
}

void lp_op_note_payload(const struct lp_payload *payload)
{
    lp_history_current()->nr_payloads = 1;
    lp_history_current()->nr_functions = payload->nfuncs;
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

static int check_action(const char *name,
                        const struct xen_sysctl_livepatch_action *request)
{
    if (lp_action_is_known(request->cmd) &&
        (request->flags & ~LIVEPATCH_ACTION_APPLY_NODEPS)) {
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
    lp_op_note_payload(step.payload);
    rc = check_action(name, asked);
    return rc ? rc : lp_action_run(locked, &action);
}

static int op_action(const struct lp_request *request)
{
    const struct xen_sysctl_livepatch_action *asked = &request->op->u.action;
    char name[XEN_LIVEPATCH_NAME_SIZE];
    int rc;

    if (asked->pad) {
        return -EINVAL;
    }
    rc = lp_op_copy_name(&asked->name, name);
    if (rc) {
        return rc;
    }
    lp_history_begin(asked->cmd, name);
    rc = act_on_named(request->locked, name, asked);
    lp_history_end(rc);
    return rc;
}

static lp_op_fn *const ops[] = {
    [XEN_SYSCTL_LIVEPATCH_UPLOAD] = lp_op_upload,
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
