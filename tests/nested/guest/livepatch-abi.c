/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sends one raw livepatch sysctl, which a well-behaved tool would never send,
 * and prints the answer: the errno's name, or the number when it is not an
 * error.
 *
 *     livepatch-abi REQUEST [PAYLOAD [FILE]]
 *     livepatch-abi            list the requests
 *
 * PAYLOAD is the name in the request, "no-such-payload" when left out; FILE is
 * what upload_file uploads, whatever it holds. Every other request starts from
 * a good one and breaks one thing. What the answer should be is the scenario's
 * business.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "dom0/hypervisor.h"

/* Nothing of dom0 is ever mapped there. */
#define UNMAPPED ((void *)0x10)
#define MAX_PAYLOAD_BYTES (2u << 20)

typedef struct xen_sysctl_livepatch_op livepatch_op;
typedef struct xen_livepatch_name livepatch_name;

static char *payload_name;
static const char *payload_path;

static livepatch_name *fill_name(livepatch_name *name)
{
    set_xen_guest_handle(name->name, payload_name);
    name->size = (uint16_t)(strlen(payload_name) + 1);
    return name;
}

static void fill_upload(livepatch_op *op, uint64_t bytes)
{
    op->cmd = XEN_SYSCTL_LIVEPATCH_UPLOAD;
    fill_name(&op->u.upload.name);
    op->u.upload.size = bytes;
    set_xen_guest_handle(op->u.upload.payload, sysctl_buffer(4096));
}

static livepatch_name *fill_get(livepatch_op *op)
{
    op->cmd = XEN_SYSCTL_LIVEPATCH_GET;
    return fill_name(&op->u.get.name);
}

static void fill_action(livepatch_op *op, uint32_t action)
{
    op->cmd = XEN_SYSCTL_LIVEPATCH_ACTION;
    fill_name(&op->u.action.name);
    op->u.action.cmd = action;
}

static void fill_list(livepatch_op *op, uint32_t nr, uint32_t idx)
{
    op->cmd = XEN_SYSCTL_LIVEPATCH_LIST;
    op->u.list.nr = nr;
    op->u.list.idx = idx;
    set_xen_guest_handle(op->u.list.status, sysctl_buffer(4096));
    set_xen_guest_handle(op->u.list.name, sysctl_buffer(4096));
    set_xen_guest_handle(op->u.list.len, sysctl_buffer(4096));
    set_xen_guest_handle(op->u.list.metadata, sysctl_buffer(4096));
    set_xen_guest_handle(op->u.list.metadata_len, sysctl_buffer(4096));
}

static void interface_version_too_low(struct xen_sysctl *request)
{
    request->interface_version--;
    fill_list(&request->u.livepatch, 0, 0);
}

static void interface_version_too_high(struct xen_sysctl *request)
{
    request->interface_version = 0x17; /* of no release */
    fill_list(&request->u.livepatch, 0, 0);
}

static void unknown_operation(struct xen_sysctl *request)
{
    request->u.livepatch.cmd = XEN_SYSCTL_LIVEPATCH_ACTION + 1;
}

static void operation_pad_not_zero(struct xen_sysctl *request)
{
    fill_list(&request->u.livepatch, 0, 0);
    request->u.livepatch.pad = 1;
}

static void get(struct xen_sysctl *request)
{
    fill_get(&request->u.livepatch);
}

static void name_of_no_bytes(struct xen_sysctl *request)
{
    fill_get(&request->u.livepatch)->size = 0;
}

static void name_of_129_bytes(struct xen_sysctl *request)
{
    livepatch_name *name = fill_get(&request->u.livepatch);

    set_xen_guest_handle(name->name, sysctl_buffer(4096));
    name->size = XEN_LIVEPATCH_NAME_SIZE + 1;
}

static void name_without_nul(struct xen_sysctl *request)
{
    fill_get(&request->u.livepatch)->size--;
}

static void name_pad_not_zero(struct xen_sysctl *request)
{
    fill_get(&request->u.livepatch)->pad[2] = 1;
}

static void name_not_readable(struct xen_sysctl *request)
{
    livepatch_name *name = fill_get(&request->u.livepatch);

    set_xen_guest_handle(name->name, (char *)UNMAPPED);
}

static void list_of_no_entries(struct xen_sysctl *request)
{
    fill_list(&request->u.livepatch, 0, 0);
}

static void list_of_1025_entries(struct xen_sysctl *request)
{
    fill_list(&request->u.livepatch, 1025, 0);
}

static void list_pad_not_zero(struct xen_sysctl *request)
{
    fill_list(&request->u.livepatch, 0, 0);
    request->u.livepatch.u.list.pad = 1;
}

static void list_from_index_1000(struct xen_sysctl *request)
{
    fill_list(&request->u.livepatch, 8, 1000);
}

static void upload_of_no_bytes(struct xen_sysctl *request)
{
    fill_upload(&request->u.livepatch, 0);
}

static void upload_of_2_mib_and_a_byte(struct xen_sysctl *request)
{
    fill_upload(&request->u.livepatch, MAX_PAYLOAD_BYTES + 1);
}

static void upload_file(struct xen_sysctl *request)
{
    livepatch_op *op = &request->u.livepatch;
    FILE *stream = payload_path ? fopen(payload_path, "rb") : NULL;
    uint8_t *bytes = sysctl_buffer(MAX_PAYLOAD_BYTES);

    if (!stream) {
        perror(payload_path ? payload_path : "upload_file: no FILE");
        exit(2);
    }
    fill_upload(op, fread(bytes, 1, MAX_PAYLOAD_BYTES, stream));
    set_xen_guest_handle(op->u.upload.payload, bytes);
    fclose(stream);
}

static void upload_not_readable(struct xen_sysctl *request)
{
    fill_upload(&request->u.livepatch, 4096);
    set_xen_guest_handle(request->u.livepatch.u.upload.payload,
                         (uint8_t *)UNMAPPED);
}

static void action_apply(struct xen_sysctl *request)
{
    fill_action(&request->u.livepatch, LIVEPATCH_ACTION_APPLY);
}

static void action_unload(struct xen_sysctl *request)
{
    fill_action(&request->u.livepatch, LIVEPATCH_ACTION_UNLOAD);
}

static void action_unknown(struct xen_sysctl *request)
{
    fill_action(&request->u.livepatch, LIVEPATCH_ACTION_REPLACE + 1);
}

static void action_pad_not_zero(struct xen_sysctl *request)
{
    fill_action(&request->u.livepatch, LIVEPATCH_ACTION_APPLY);
    request->u.livepatch.u.action.pad = 1;
}

static const struct {
    const char *name;
    void (*fill)(struct xen_sysctl *request);
} requests[] = {
#define REQUEST(function)                                                      \
    {                                                                          \
#function, function                                                    \
    }
    REQUEST(interface_version_too_low),
    REQUEST(interface_version_too_high),
    REQUEST(unknown_operation),
    REQUEST(operation_pad_not_zero),
    REQUEST(get),
    REQUEST(name_of_no_bytes),
    REQUEST(name_of_129_bytes),
    REQUEST(name_without_nul),
    REQUEST(name_pad_not_zero),
    REQUEST(name_not_readable),
    REQUEST(list_of_no_entries),
    REQUEST(list_of_1025_entries),
    REQUEST(list_pad_not_zero),
    REQUEST(list_from_index_1000),
    REQUEST(upload_of_no_bytes),
    REQUEST(upload_of_2_mib_and_a_byte),
    REQUEST(upload_file),
    REQUEST(upload_not_readable),
    REQUEST(action_apply),
    REQUEST(action_unload),
    REQUEST(action_unknown),
    REQUEST(action_pad_not_zero),
};

#define NR_REQUESTS (sizeof(requests) / sizeof(requests[0]))

static int send_request(size_t i, const char *name, const char *path)
{
    struct xen_sysctl *request = sysctl_open();
    int rc;

    payload_name = sysctl_buffer(strlen(name) + 1);
    strcpy(payload_name, name);
    payload_path = path;
    request->cmd = XEN_SYSCTL_livepatch_op;
    requests[i].fill(request);
    rc = sysctl_send(request);
    if (rc < 0) {
        printf("%s\n", strerrorname_np(-rc));
    } else {
        printf("%d\n", rc);
    }
    return 0;
}

int main(int argc, char **argv)
{
    size_t i;

    for (i = 0; i < NR_REQUESTS; i++) {
        if (argc < 2) {
            printf("%s\n", requests[i].name);
        } else if (!strcmp(argv[1], requests[i].name)) {
            return send_request(i, argc > 2 ? argv[2] : "no-such-payload",
                                argc > 3 ? argv[3] : NULL);
        }
    }
    if (argc > 1) {
        fprintf(stderr, "livepatch-abi: %s: no such request\n", argv[1]);
    }
    return argc > 1 ? 2 : 0;
}
