// SPDX-License-Identifier: GPL-2.0
/*
 * What the public extension tells: the history, the telemetry, the payloads;
 * and the table of its operations. Copies records out, as much of each as its
 * caller knows. A request's structure stands where the union of Xen's own
 * stands.
 *
 * Source: public/livepatch_ext.h.
 */
#include "op.h"

#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/lib.h>
#include <xen/smp.h>
#include <xen/string.h>
#include <xen/time.h>
#include <public/livepatch_ext.h>

#include "history.h"
#include "hooks.h"
#include "state.h"
#include "telemetry.h"

#define LEAST_RECORD_BYTES 16
#define LEAST_PAYLOAD_BYTES 16
#define LEAST_TELEMETRY_BYTES 8

#define FITS(type)                                                             \
    BUILD_BUG_ON(sizeof(type) >                                                \
                 sizeof(((struct xen_sysctl_livepatch_op *)0)->u))

FITS(struct livepatch_ext_history);
FITS(struct livepatch_ext_telemetry);
FITS(struct livepatch_ext_payloads);

static bool is_stride(uint32_t stride, uint32_t least)
{
    return stride >= least && stride <= LIVEPATCH_EXT_MAX_STRIDE;
}

static int clear_guest(uint64_t to, uint32_t bytes)
{
    static const uint8_t zeros[64];

    while (bytes) {
        const uint32_t part = min(bytes, (uint32_t)sizeof(zeros));

        if (raw_copy_to_guest((void *)to, zeros, part)) {
            return -EFAULT;
        }
        to += part;
        bytes -= part;
    }
    return 0;
}

/* Writes our record as a caller's record of `stride` bytes. */
static int copy_record(uint64_t to, uint32_t stride, const void *record,
                       uint32_t bytes)
{
    const uint32_t common = min(stride, bytes);

    if (raw_copy_to_guest((void *)to, record, common)) {
        return -EFAULT;
    }
    return clear_guest(to + common, stride - common);
}

static int op_history(const struct lp_request *request)
{
    struct livepatch_ext_history *history = (void *)&request->op->u;
    const struct livepatch_ext_record *record = lp_history_find(history->from);
    uint64_t from = history->from;
    uint32_t nr = 0;

    if (history->pad || !is_stride(history->stride, LEAST_RECORD_BYTES)) {
        return -EINVAL;
    }
    while (record && nr < history->nr) {
        const int rc =
            copy_record(history->records + (uint64_t)nr * history->stride,
                        history->stride, record, sizeof(*record));

        if (rc) {
            return rc;
        }
        nr++;
        from = record->sequence + 1;
        record = lp_history_find(from);
    }
    history->from = from;
    history->nr = nr;
    history->stride = sizeof(*record);
    history->now = NOW();
    return 0;
}

/* pCPUs 0 to nr-1. */
static int copy_cpus(const struct livepatch_ext_telemetry *telemetry,
                     uint32_t nr)
{
    int rc = 0;

    for (uint32_t cpu = 0; rc == 0 && cpu < nr; cpu++) {
        const struct livepatch_ext_cpu of_cpu = lp_telemetry_of(cpu);

        rc =
            copy_record(telemetry->cpus + (uint64_t)cpu * telemetry->cpu_stride,
                        telemetry->cpu_stride, &of_cpu, sizeof(of_cpu));
    }
    return rc;
}

/* The locked registry keeps a rendezvous from being under way. */
static int op_telemetry(const struct lp_request *request)
{
    struct livepatch_ext_telemetry *telemetry = (void *)&request->op->u;
    const struct livepatch_ext_summary summary = lp_telemetry_summary();
    const uint32_t nr = min(telemetry->nr, num_online_cpus());
    int rc;

    if (telemetry->pad ||
        !is_stride(telemetry->summary_stride, LEAST_TELEMETRY_BYTES) ||
        !is_stride(telemetry->cpu_stride, LEAST_TELEMETRY_BYTES)) {
        return -EINVAL;
    }
    rc = copy_record(telemetry->summary, telemetry->summary_stride, &summary,
                     sizeof(summary));
    if (rc == 0) {
        rc = copy_cpus(telemetry, nr);
    }
    if (rc == 0) {
        telemetry->summary_stride = sizeof(summary);
        telemetry->cpu_stride = sizeof(struct livepatch_ext_cpu);
        telemetry->nr = nr;
        telemetry->nr_online = num_online_cpus();
    }
    return rc;
}

static uint32_t flags_of(const struct lp_payload *payload)
{
    uint32_t flags = payload->reappliable ? LIVEPATCH_EXT_REAPPLIABLE : 0;

    for (unsigned int i = 0; i < LP_HOOK_NR; i++) {
        flags |= lp_hooks_has(payload, i) ? LIVEPATCH_EXT_HAS_HOOKS : 0;
    }
    return flags;
}

static void copy_id(uint8_t to[LIVEPATCH_EXT_ID_BYTES],
                    const struct lp_build_id *id)
{
    memcpy(to, id->bytes, min(id->len, (unsigned int)LIVEPATCH_EXT_ID_BYTES));
}

static void describe_payload(const struct lp_payload *payload,
                             uint32_t first_use,
                             struct livepatch_ext_payload *record)
{
    *record = (struct livepatch_ext_payload){
        .number = payload->number,
        .load_time = payload->load_time,
        .apply_time = payload->apply_time,
        .image_bytes = payload->image.bytes,
        .state = lp_state_ext(payload),
        .rc = payload->rc,
        .flags = flags_of(payload),
        .place = payload->place,
        .nr_functions = payload->nfuncs,
        .nr_users = payload->nr_users,
        .nr_uses = payload->nr_uses,
        .first_use = first_use,
        .id_bytes = payload->id.len,
        .depends_bytes = payload->depends.len,
    };
    copy_id(record->id, &payload->id);
    copy_id(record->depends, &payload->depends);
    strlcpy(record->name, payload->name, sizeof(record->name));
}

/* The numbers of the payloads that this one uses, from place `at` on. */
static int copy_uses(const struct livepatch_ext_payloads *asked, uint32_t at,
                     const struct lp_payload *payload)
{
    for (unsigned int i = 0; i < payload->nr_uses; i++) {
        const uint64_t to = asked->uses + sizeof(uint64_t) * (at + (uint64_t)i);

        if (raw_copy_to_guest((void *)to, &payload->uses[i]->number,
                              sizeof(uint64_t))) {
            return -EFAULT;
        }
    }
    return 0;
}

/* One more payload behind those that `done` counts. */
static int copy_payload(const struct livepatch_ext_payloads *asked,
                        const struct lp_payload *payload,
                        struct livepatch_ext_payloads *done)
{
    struct livepatch_ext_payload record;
    int rc = copy_uses(asked, done->nr_uses, payload);

    if (rc == 0) {
        describe_payload(payload, done->nr_uses, &record);
        rc = copy_record(asked->payloads + (uint64_t)done->nr * asked->stride,
                         asked->stride, &record, sizeof(record));
    }
    if (rc == 0) {
        done->from = payload->number + 1;
        done->nr_uses += payload->nr_uses;
        done->nr++;
    }
    return rc;
}

/* Those from number asked->from on that there is room for. */
static int copy_payloads(const struct livepatch_ext_payloads *asked,
                         const struct lp_payload *payload,
                         struct registry_locked locked,
                         struct livepatch_ext_payloads *done)
{
    int rc = 0;

    for (; rc == 0 && payload && done->nr < asked->nr;
         payload = lp_registry_next(locked, payload)) {
        if (payload->number < asked->from) {
            continue;
        }
        if (payload->nr_uses > asked->nr_uses - done->nr_uses) {
            return done->nr ? 0 : -ENOBUFS;
        }
        rc = copy_payload(asked, payload, done);
    }
    return rc;
}

static uint32_t count_uses(struct registry_locked locked)
{
    const struct lp_payload *payload = lp_registry_at(locked, 0);
    uint32_t nr = 0;

    for (; payload; payload = lp_registry_next(locked, payload)) {
        nr += payload->nr_uses;
    }
    return nr;
}

static int op_payloads(const struct lp_request *request)
{
    struct livepatch_ext_payloads *asked = (void *)&request->op->u;
    struct livepatch_ext_payloads done = {
        .payloads = asked->payloads,
        .uses = asked->uses,
        .from = asked->from,
        .generation = lp_history_newest(),
        .now = NOW(),
        .nr_loaded = lp_registry_count(request->locked),
        .nr_all_uses = count_uses(request->locked),
        .stride = sizeof(struct livepatch_ext_payload),
    };
    int rc;

    if (asked->pad || !is_stride(asked->stride, LEAST_PAYLOAD_BYTES)) {
        return -EINVAL;
    }
    rc = copy_payloads(asked, lp_registry_at(request->locked, 0),
                       request->locked, &done);
    if (rc == 0) {
        *asked = done;
    }
    return rc;
}

static const struct {
    uint32_t cmd;
    lp_op_fn *serve;
} ops[] = {
    {LIVEPATCH_EXT_ACTION_SET, lp_op_action_set},
    {LIVEPATCH_EXT_HISTORY, op_history},
    {LIVEPATCH_EXT_TELEMETRY, op_telemetry},
    {LIVEPATCH_EXT_PAYLOADS, op_payloads},
    {LIVEPATCH_EXT_DRY_RUN_UPLOAD, lp_op_dry_run_upload},
    {LIVEPATCH_EXT_DRY_RUN_ACTION, lp_op_dry_run_action},
};

lp_op_fn *lp_op_ext_find(uint32_t cmd)
{
    for (unsigned int i = 0; i < ARRAY_SIZE(ops); i++) {
        if (ops[i].cmd == cmd) {
            return ops[i].serve;
        }
    }
    return NULL;
}
