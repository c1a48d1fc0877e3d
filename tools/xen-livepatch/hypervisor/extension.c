/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Each request: buffers for the hypervisor, one call of the wire, results
 * copied out. Records are read with the size that this command knows; the
 * hypervisor fits its own to it. The name of a record is any bytes: it is
 * ended here.
 */
#include "hypervisor/extension.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NS_PER_MS 1000000

/* Records that are asked for at once: all that the hypervisor keeps. */
#define RECORDS_AT_ONCE 256U

/* Enough of a record for its number and its time. */
#define NUMBER_BYTES 16U

/* Reads this often at most; a hypervisor that has always more has too much. */
#define NR_READS_MAX 16U

/* Read records of `stride` bytes from request->from on into `buffer`. */
static int ask_history(struct livepatch_client *client, void *buffer,
                       uint32_t stride, struct livepatch_ext_history *request)
{
    int rc;

    request->records = (uintptr_t)buffer;
    request->nr = RECORDS_AT_ONCE;
    request->stride = stride;
    rc = wire_extension(&client->wire, LIVEPATCH_EXT_HISTORY, request,
                        sizeof(*request));
    return !rc && request->nr > RECORDS_AT_ONCE ? -EBADMSG : rc;
}

int64_t extension_wall_ms(uint64_t ns, uint64_t now_ns, int64_t now_ms)
{
    return now_ms - (ns < now_ns ? (int64_t)((now_ns - ns) / NS_PER_MS) : 0);
}

int extension_next_record(struct livepatch_client *client, uint64_t *next)
{
    struct hypercall *hypercall = client->wire.hypercall;
    struct livepatch_ext_history request = {.from = 1};
    void *buffer = hypercall_alloc(hypercall, RECORDS_AT_ONCE * NUMBER_BYTES);
    unsigned int nr_reads = 0;
    int rc = -ENOMEM;

    if (!buffer) {
        return rc;
    }
    do {
        rc = ask_history(client, buffer, NUMBER_BYTES, &request);
    } while (!rc && request.nr == RECORDS_AT_ONCE && ++nr_reads < NR_READS_MAX);
    hypercall_free(hypercall, buffer);
    if (!rc) {
        *next = request.from;
    }
    return rc;
}

static int append_records(struct extension_history *history,
                          const struct livepatch_ext_record *records, size_t nr)
{
    struct livepatch_ext_record *grown =
        realloc(history->records, (history->nr + nr + 1) * sizeof(*grown));

    if (!grown) {
        return -ENOMEM;
    }
    memcpy(grown + history->nr, records, nr * sizeof(*grown));
    for (size_t i = 0; i < nr; i++) {
        grown[history->nr + i].name[LIVEPATCH_EXT_NAME_BYTES - 1] = '\0';
    }
    history->records = grown;
    history->nr += nr;
    return 0;
}

int extension_read_history(struct livepatch_client *client, uint64_t from,
                           struct extension_history *history)
{
    const uint32_t stride = sizeof(struct livepatch_ext_record);
    struct hypercall *hypercall = client->wire.hypercall;
    struct livepatch_ext_history request = {.from = from};
    struct extension_history found = {0};
    void *buffer = hypercall_alloc(hypercall, RECORDS_AT_ONCE * stride);
    unsigned int nr_reads = 0;
    int rc = -ENOMEM;

    if (!buffer) {
        return rc;
    }
    do {
        rc = ask_history(client, buffer, stride, &request);
        if (!rc) {
            rc = append_records(&found, buffer, request.nr);
        }
    } while (!rc && request.nr == RECORDS_AT_ONCE && ++nr_reads < NR_READS_MAX);
    hypercall_free(hypercall, buffer);
    if (rc) {
        extension_history_free(&found);
        return rc;
    }
    found.now_ns = request.now;
    *history = found;
    return 0;
}

void extension_history_free(struct extension_history *history)
{
    free(history->records);
}

int extension_read_summary(struct livepatch_client *client,
                           struct livepatch_ext_summary *summary)
{
    struct hypercall *hypercall = client->wire.hypercall;
    struct livepatch_ext_summary *buffer =
        hypercall_alloc(hypercall, sizeof(*buffer));
    struct livepatch_ext_telemetry request = {
        .summary = (uintptr_t)buffer,
        .summary_stride = sizeof(*buffer),
        .cpu_stride = sizeof(struct livepatch_ext_cpu),
    };
    int rc;

    if (!buffer) {
        return -ENOMEM;
    }
    rc = wire_extension(&client->wire, LIVEPATCH_EXT_TELEMETRY, &request,
                        sizeof(request));
    if (!rc) {
        *summary = *buffer;
    }
    hypercall_free(hypercall, buffer);
    return rc;
}

/* All names with their NULs, in memory that the hypervisor reaches. */
static char *share_names(struct hypercall *hypercall, const char *const *names,
                         uint32_t nr, uint32_t *nr_bytes)
{
    size_t total = 0;
    char *shared;
    char *to;

    for (uint32_t i = 0; i < nr; i++) {
        total += strlen(names[i]) + 1;
    }
    shared = hypercall_alloc(hypercall, total);
    to = shared;
    for (uint32_t i = 0; shared && i < nr; i++) {
        to = stpcpy(to, names[i]) + 1;
    }
    *nr_bytes = (uint32_t)total;
    return shared;
}

int extension_act_on_set(struct livepatch_client *client,
                         struct extension_set *set)
{
    struct livepatch_ext_action_set request = {
        .nr = set->nr,
        .cmd = set->action.action,
        .timeout = set->action.timeout_ns,
        .flags = set->action.flags,
        .failed = set->nr,
    };
    char *names = share_names(client->wire.hypercall, set->names, set->nr,
                              &request.names_bytes);
    int rc;

    set->failed = set->nr;
    if (!names) {
        return -ENOMEM;
    }
    request.names = (uintptr_t)names;
    rc = wire_extension(&client->wire, LIVEPATCH_EXT_ACTION_SET, &request,
                        sizeof(request));
    hypercall_free(client->wire.hypercall, names);
    if (request.failed < set->nr) {
        set->failed = request.failed;
    }
    set->rc = request.rc;
    return rc;
}

/* What no hypervisor writes where it answers. */
#define UNWRITTEN UINT32_MAX

static int send_dry_upload(struct livepatch_client *client,
                           struct livepatch_ext_dry_run_upload *request,
                           struct extension_dry_run *dry_run)
{
    int rc = wire_extension(&client->wire, LIVEPATCH_EXT_DRY_RUN_UPLOAD,
                            request, sizeof(*request));

    dry_run->is_answered = request->refused != UNWRITTEN;
    dry_run->is_action_refused =
        rc && request->refused != LIVEPATCH_EXT_DID_UPLOAD;
    dry_run->nr_unasked = request->nr_unasked;
    return rc;
}

int extension_dry_run_upload(struct livepatch_client *client, const char *name,
                             const struct client_upload *payload,
                             struct extension_dry_run *dry_run)
{
    struct hypercall *hypercall = client->wire.hypercall;
    struct livepatch_ext_dry_run_upload request = {
        .size = payload->nr_bytes,
        .cmd = dry_run->action,
        .flags = dry_run->flags,
        .refused = UNWRITTEN,
    };
    uint32_t name_bytes;
    char *shared_name = share_names(hypercall, &name, 1, &name_bytes);
    void *shared_payload = hypercall_alloc(hypercall, payload->nr_bytes);
    int rc = -ENOMEM;

    dry_run->is_answered = false;
    if (shared_name && shared_payload) {
        memcpy(shared_payload, payload->bytes, payload->nr_bytes);
        request.name = (uintptr_t)shared_name;
        request.name_bytes = (uint16_t)name_bytes;
        request.payload = (uintptr_t)shared_payload;
        rc = send_dry_upload(client, &request, dry_run);
    }
    hypercall_free(hypercall, shared_name);
    hypercall_free(hypercall, shared_payload);
    return rc;
}

int extension_dry_run_action(struct livepatch_client *client,
                             const char *const *names, uint32_t nr,
                             struct extension_dry_run *dry_run)
{
    struct livepatch_ext_dry_run_action request = {
        .nr = nr,
        .cmd = dry_run->action,
        .flags = dry_run->flags,
        .failed = UNWRITTEN,
    };
    char *shared =
        share_names(client->wire.hypercall, names, nr, &request.names_bytes);
    int rc;

    dry_run->is_answered = false;
    if (!shared) {
        return -ENOMEM;
    }
    request.names = (uintptr_t)shared;
    rc = wire_extension(&client->wire, LIVEPATCH_EXT_DRY_RUN_ACTION, &request,
                        sizeof(request));
    hypercall_free(client->wire.hypercall, shared);
    dry_run->is_answered = request.failed != UNWRITTEN;
    dry_run->failed = request.failed < nr ? request.failed : nr;
    dry_run->nr_unasked = request.nr_unasked;
    return rc;
}
