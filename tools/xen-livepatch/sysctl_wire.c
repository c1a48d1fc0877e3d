/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The sysctl structures of interface version 0x15 (Xen 4.17 to 4.20), laid out
 * by Xen's public headers. Takes plain values, sends one hypercall, gives plain
 * values. No policy: no retry, no check of what the caller asks.
 */
#define __XEN_TOOLS__ 1

#include "sysctl_wire.h"

#include <string.h>
#include <xen/sysctl.h>

_Static_assert(XEN_SYSCTL_INTERFACE_VERSION == 0x15,
               "this file is written for interface version 0x15");
_Static_assert(PAYLOAD_NAME_LENGTH_MAX + 1 == XEN_LIVEPATCH_NAME_SIZE,
               "longest name");
_Static_assert(PAYLOAD_CHECKED == LIVEPATCH_STATE_CHECKED &&
                   PAYLOAD_APPLIED == LIVEPATCH_STATE_APPLIED,
               "states are the ABI's numbers");
_Static_assert(PAYLOAD_UNLOAD == LIVEPATCH_ACTION_UNLOAD &&
                   PAYLOAD_REVERT == LIVEPATCH_ACTION_REVERT &&
                   PAYLOAD_APPLY == LIVEPATCH_ACTION_APPLY &&
                   PAYLOAD_REPLACE == LIVEPATCH_ACTION_REPLACE,
               "actions are the ABI's numbers");
_Static_assert(PAYLOAD_APPLY_NODEPS == LIVEPATCH_ACTION_APPLY_NODEPS,
               "flags are the ABI's bits");

const uint32_t wire_interface_version = XEN_SYSCTL_INTERFACE_VERSION;
const size_t wire_status_bytes = sizeof(xen_livepatch_status_t);

static struct xen_sysctl sysctl_of(uint32_t cmd)
{
    struct xen_sysctl sysctl;

    memset(&sysctl, 0, sizeof(sysctl));
    sysctl.cmd = cmd;
    sysctl.interface_version = XEN_SYSCTL_INTERFACE_VERSION;
    return sysctl;
}

static struct xen_sysctl livepatch_sysctl_of(uint32_t operation)
{
    struct xen_sysctl sysctl = sysctl_of(XEN_SYSCTL_livepatch_op);

    sysctl.u.livepatch.cmd = operation;
    return sysctl;
}

static void set_name(struct xen_livepatch_name *field, struct wire_name name)
{
    set_xen_guest_handle(field->name, name.buffer);
    field->size = name.bytes;
}

int wire_upload(struct hypercall *hypercall, struct wire_name name,
                void *payload_buffer, size_t payload_bytes)
{
    struct xen_sysctl sysctl = livepatch_sysctl_of(XEN_SYSCTL_LIVEPATCH_UPLOAD);
    struct xen_sysctl_livepatch_upload *upload = &sysctl.u.livepatch.u.upload;

    set_name(&upload->name, name);
    upload->size = payload_bytes;
    set_xen_guest_handle(upload->payload, payload_buffer);
    return hypercall_sysctl(hypercall, &sysctl, sizeof(sysctl));
}

int wire_get(struct hypercall *hypercall, struct wire_name name,
             struct payload_status *status)
{
    struct xen_sysctl sysctl = livepatch_sysctl_of(XEN_SYSCTL_LIVEPATCH_GET);
    struct xen_sysctl_livepatch_get *get = &sysctl.u.livepatch.u.get;
    int rc;

    set_name(&get->name, name);
    rc = hypercall_sysctl(hypercall, &sysctl, sizeof(sysctl));
    if (rc < 0) {
        return rc;
    }
    status->state = get->status.state;
    status->rc = get->status.rc;
    return 0;
}

int wire_action(struct hypercall *hypercall, struct wire_name name,
                const struct wire_action *request)
{
    struct xen_sysctl sysctl = livepatch_sysctl_of(XEN_SYSCTL_LIVEPATCH_ACTION);
    struct xen_sysctl_livepatch_action *action = &sysctl.u.livepatch.u.action;

    set_name(&action->name, name);
    action->cmd = request->action;
    action->timeout = request->timeout_ns;
    action->flags = request->flags;
    return hypercall_sysctl(hypercall, &sysctl, sizeof(sysctl));
}

int wire_list_sizes(struct hypercall *hypercall, struct wire_list_sizes *sizes)
{
    struct xen_sysctl sysctl = livepatch_sysctl_of(XEN_SYSCTL_LIVEPATCH_LIST);
    const struct xen_sysctl_livepatch_list *list = &sysctl.u.livepatch.u.list;
    int rc = hypercall_sysctl(hypercall, &sysctl, sizeof(sysctl));

    if (rc < 0) {
        return rc;
    }
    sizes->version = list->version;
    sizes->nr = list->nr;
    sizes->name_bytes = list->name_total_size;
    sizes->metadata_bytes = list->metadata_total_size;
    return 0;
}

int wire_list(struct hypercall *hypercall, struct wire_list_window *window)
{
    struct xen_sysctl sysctl = livepatch_sysctl_of(XEN_SYSCTL_LIVEPATCH_LIST);
    struct xen_sysctl_livepatch_list *list = &sysctl.u.livepatch.u.list;
    int rc;

    list->idx = window->index;
    list->nr = window->nr;
    list->name_total_size = window->name_capacity;
    list->metadata_total_size = window->metadata_capacity;
    set_xen_guest_handle(list->status, window->status_buffer);
    set_xen_guest_handle(list->name, window->name_buffer);
    set_xen_guest_handle(list->len, window->name_length_buffer);
    set_xen_guest_handle(list->metadata, window->metadata_buffer);
    set_xen_guest_handle(list->metadata_len, window->metadata_length_buffer);
    rc = hypercall_sysctl(hypercall, &sysctl, sizeof(sysctl));
    if (rc < 0) {
        return rc;
    }
    window->nr = (uint32_t)rc;
    window->version = list->version;
    return 0;
}

struct payload_status wire_status_at(const void *status_buffer, size_t i)
{
    const xen_livepatch_status_t *status = status_buffer;

    return (struct payload_status){
        .state = status[i].state,
        .rc = status[i].rc,
    };
}

int wire_readconsole(struct hypercall *hypercall, char *text_buffer,
                     uint32_t *index, uint32_t *bytes)
{
    struct xen_sysctl sysctl = sysctl_of(XEN_SYSCTL_readconsole);
    struct xen_sysctl_readconsole *readconsole = &sysctl.u.readconsole;
    int rc;

    readconsole->incremental = 1;
    readconsole->index = *index;
    set_xen_guest_handle(readconsole->buffer, text_buffer);
    readconsole->count = *bytes;
    rc = hypercall_sysctl(hypercall, &sysctl, sizeof(sysctl));
    if (rc < 0) {
        return rc;
    }
    *index = readconsole->index;
    *bytes = readconsole->count;
    return 0;
}
