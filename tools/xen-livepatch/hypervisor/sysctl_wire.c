/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The sysctl structures, laid out by Xen's public header where no version
 * differs and by the table of layouts where one does. Takes plain values, sends
 * one hypercall, gives plain values. No policy: no retry, no check of what the
 * caller asks.
 */
#define __XEN_TOOLS__ 1

#include "hypervisor/sysctl_wire.h"

#include <errno.h>
#include <string.h>
#include <xen/sysctl.h>

#include "hypervisor/sysctl_layout.h"

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

/* Where the structure of an operation stands. */
#define EXTENSION_AT offsetof(struct xen_sysctl, u.livepatch.u)

/* Within this version, with Xen 4.19, the operation's padding became flags. */
#define VERSION_FLAGS 0x15U
#define FLAG_FORCE 1U

/* How far beyond the versions that are known one is looked for. */
#define NR_VERSIONS_AHEAD 32U

const size_t wire_status_bytes = sizeof(xen_livepatch_status_t);

static struct xen_sysctl sysctl_of(const struct wire *wire, uint32_t cmd)
{
    struct xen_sysctl sysctl;

    memset(&sysctl, 0, sizeof(sysctl));
    sysctl.cmd = cmd;
    sysctl.interface_version = wire->version;
    return sysctl;
}

static struct xen_sysctl livepatch_sysctl_of(const struct wire *wire,
                                             uint32_t operation)
{
    struct xen_sysctl sysctl = sysctl_of(wire, XEN_SYSCTL_livepatch_op);

    sysctl.u.livepatch.cmd = operation;
    return sysctl;
}

static int send_sysctl(const struct wire *wire, struct xen_sysctl *sysctl)
{
    return hypercall_sysctl(wire->hypercall, sysctl, sizeof(*sysctl));
}

/* `at` is a member of the layout; nothing to do where the version lacks it. */
static void put_u32(struct xen_sysctl *sysctl, uint32_t at, uint32_t number)
{
    if (at) {
        memcpy((char *)sysctl + at, &number, sizeof(number));
    }
}

static uint32_t get_u32(const struct xen_sysctl *sysctl, uint32_t at)
{
    uint32_t number = 0;

    if (at) {
        memcpy(&number, (const char *)sysctl + at, sizeof(number));
    }
    return number;
}

/* A guest handle is a slot of 8 bytes on every arch. */
static void put_handle(struct xen_sysctl *sysctl, uint32_t at, void *buffer)
{
    uint64_t handle = (uintptr_t)buffer;

    if (at) {
        memcpy((char *)sysctl + at, &handle, sizeof(handle));
    }
}

/* Ask in `version`, without effect. -EACCES: the hypervisor speaks another. */
static int ask_in_version(struct hypercall *hypercall, uint32_t version,
                          struct wire *wire)
{
    struct wire_list_sizes sizes;

    *wire = (struct wire){hypercall, version, sysctl_layout_of(version), 0};
    return wire_list_sizes(wire, &sizes);
}

int wire_find_version(struct hypercall *hypercall, struct wire *wire)
{
    const uint32_t nr_known = SYSCTL_VERSION_NEWEST - SYSCTL_VERSION_OLDEST + 1;
    struct wire found;
    int rc = -EACCES;

    for (uint32_t i = 0; i < nr_known && rc == -EACCES; i++) {
        rc = ask_in_version(hypercall, SYSCTL_VERSION_NEWEST - i, &found);
    }
    for (uint32_t i = 1; i <= NR_VERSIONS_AHEAD && rc == -EACCES; i++) {
        rc = ask_in_version(hypercall, SYSCTL_VERSION_NEWEST + i, &found);
    }
    if (rc && rc != -ENOSYS && rc != -EOPNOTSUPP && rc != -EPERM) {
        return rc;
    }
    found.refusal = rc;
    *wire = found;
    return 0;
}

bool wire_is_newer_than_known(const struct wire *wire)
{
    return wire->version > SYSCTL_VERSION_NEWEST;
}

static void set_name(struct xen_livepatch_name *field, struct wire_name name)
{
    set_xen_guest_handle(field->name, name.buffer);
    field->size = name.bytes;
}

bool wire_has_upload_flags(const struct wire *wire)
{
    return wire->version >= VERSION_FLAGS;
}

bool wire_has_action_flags(const struct wire *wire)
{
    return wire->layout->action_flags != 0;
}

int wire_upload(const struct wire *wire, struct wire_name name,
                const struct wire_upload *request)
{
    struct xen_sysctl sysctl =
        livepatch_sysctl_of(wire, XEN_SYSCTL_LIVEPATCH_UPLOAD);
    struct xen_sysctl_livepatch_upload *upload = &sysctl.u.livepatch.u.upload;

    if (request->is_forced && !wire_has_upload_flags(wire)) {
        return -EOPNOTSUPP;
    }
    sysctl.u.livepatch.pad = request->is_forced ? FLAG_FORCE : 0;
    set_name(&upload->name, name);
    upload->size = request->payload_bytes;
    set_xen_guest_handle(upload->payload, request->payload_buffer);
    return send_sysctl(wire, &sysctl);
}

int wire_get(const struct wire *wire, struct wire_name name,
             struct payload_status *status)
{
    struct xen_sysctl sysctl =
        livepatch_sysctl_of(wire, XEN_SYSCTL_LIVEPATCH_GET);
    struct xen_sysctl_livepatch_get *get = &sysctl.u.livepatch.u.get;
    int rc;

    set_name(&get->name, name);
    rc = send_sysctl(wire, &sysctl);
    if (rc < 0) {
        return rc;
    }
    status->state = get->status.state;
    status->rc = get->status.rc;
    return 0;
}

int wire_action(const struct wire *wire, struct wire_name name,
                const struct wire_action *request)
{
    struct xen_sysctl sysctl =
        livepatch_sysctl_of(wire, XEN_SYSCTL_LIVEPATCH_ACTION);
    struct xen_sysctl_livepatch_action *action = &sysctl.u.livepatch.u.action;

    if (request->flags && !wire_has_action_flags(wire)) {
        return -EOPNOTSUPP;
    }
    set_name(&action->name, name);
    action->cmd = request->action;
    action->timeout = request->timeout_ns;
    put_u32(&sysctl, wire->layout->action_flags, request->flags);
    return send_sysctl(wire, &sysctl);
}

int wire_list_sizes(const struct wire *wire, struct wire_list_sizes *sizes)
{
    struct xen_sysctl sysctl =
        livepatch_sysctl_of(wire, XEN_SYSCTL_LIVEPATCH_LIST);
    const struct xen_sysctl_livepatch_list *list = &sysctl.u.livepatch.u.list;
    int rc = send_sysctl(wire, &sysctl);

    if (rc < 0) {
        return rc;
    }
    sizes->version = list->version;
    sizes->nr = list->nr;
    sizes->metadata_bytes = get_u32(&sysctl, wire->layout->list_metadata_bytes);
    return 0;
}

static void put_window(struct xen_sysctl *sysctl,
                       const struct sysctl_layout *layout,
                       const struct wire_list_window *window)
{
    put_u32(sysctl, layout->list_name_bytes, window->name_capacity);
    put_u32(sysctl, layout->list_metadata_bytes, window->metadata_capacity);
    put_handle(sysctl, layout->list_status, window->status_buffer);
    put_handle(sysctl, layout->list_name, window->name_buffer);
    put_handle(sysctl, layout->list_name_length, window->name_length_buffer);
    put_handle(sysctl, layout->list_metadata, window->metadata_buffer);
    put_handle(sysctl, layout->list_metadata_length,
               window->metadata_length_buffer);
}

/* Close the gaps between `nr` names that lie `stride` bytes apart. */
static int close_gaps(const struct wire_list_window *window, uint32_t nr,
                      uint32_t stride)
{
    char *to = window->name_buffer;

    for (uint32_t i = 0; i < nr; i++) {
        uint32_t length = window->name_length_buffer[i];

        if (length > stride) {
            return -EBADMSG;
        }
        memmove(to, window->name_buffer + (size_t)i * stride, length);
        to += length;
    }
    return 0;
}

int wire_list(const struct wire *wire, struct wire_list_window *window)
{
    struct xen_sysctl sysctl =
        livepatch_sysctl_of(wire, XEN_SYSCTL_LIVEPATCH_LIST);
    struct xen_sysctl_livepatch_list *list = &sysctl.u.livepatch.u.list;
    uint32_t stride = wire->layout->name_stride;
    int rc;

    list->idx = window->index;
    list->nr = window->nr;
    put_window(&sysctl, wire->layout, window);
    rc = send_sysctl(wire, &sysctl);
    if (rc < 0) {
        return rc;
    }
    if ((uint32_t)rc > window->nr ||
        (stride && close_gaps(window, (uint32_t)rc, stride))) {
        return -EBADMSG;
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

int wire_readconsole(const struct wire *wire, char *text_buffer,
                     uint32_t *index, uint32_t *bytes)
{
    struct xen_sysctl sysctl = sysctl_of(wire, XEN_SYSCTL_readconsole);
    struct xen_sysctl_readconsole *readconsole = &sysctl.u.readconsole;
    int rc;

    readconsole->incremental = 1;
    readconsole->index = *index;
    set_xen_guest_handle(readconsole->buffer, text_buffer);
    readconsole->count = *bytes;
    rc = send_sysctl(wire, &sysctl);
    if (rc < 0) {
        return rc;
    }
    *index = readconsole->index;
    *bytes = readconsole->count;
    return 0;
}

int wire_extension(const struct wire *wire, uint32_t operation, void *request,
                   size_t bytes)
{
    struct xen_sysctl sysctl = livepatch_sysctl_of(wire, operation);
    int rc;

    if (bytes > sizeof(sysctl) - EXTENSION_AT) {
        return -E2BIG;
    }
    memcpy((char *)&sysctl + EXTENSION_AT, request, bytes);
    rc = send_sysctl(wire, &sysctl);
    memcpy(request, (char *)&sysctl + EXTENSION_AT, bytes);
    return rc < 0 ? rc : 0;
}
