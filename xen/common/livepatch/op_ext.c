// SPDX-License-Identifier: GPL-2.0
/*
 * The sysctl edge of the public extension: copies in and out, checks sizes and
 * padding, hands sets down as lists of payloads. A request's structure stands
 * where the union of Xen's own stands.
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
#include <xen/xmalloc.h>
#include <public/livepatch_ext.h>

#include "action.h"
#include "history.h"
#include "log.h"
#include "telemetry.h"

#define LEAST_RECORD_BYTES 16
#define LEAST_TELEMETRY_BYTES 8

#define FITS(type)                                                             \
    BUILD_BUG_ON(sizeof(type) >                                                \
                 sizeof(((struct xen_sysctl_livepatch_op *)0)->u))

FITS(struct livepatch_ext_action_set);
FITS(struct livepatch_ext_history);
FITS(struct livepatch_ext_telemetry);

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

static int op_history(struct registry_locked locked,
                      const struct lp_request *request)
{
    struct livepatch_ext_history *history = (void *)&request->op->u;
    const struct livepatch_ext_record *record =
        lp_history_find(locked, history->from);
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
        record = lp_history_find(locked, from);
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
static int op_telemetry(struct registry_locked locked,
                        const struct lp_request *request)
{
    struct livepatch_ext_telemetry *telemetry = (void *)&request->op->u;
    const struct livepatch_ext_summary summary = lp_telemetry_summary();
    const uint32_t nr = min(telemetry->nr, num_online_cpus());
    int rc;

    (void)locked;
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

/* The payloads that a set names. */
struct named_set {
    char *text;
    const char *name[LIVEPATCH_EXT_MAX_SET]; /* in text */
    struct lp_payload *payload[LIVEPATCH_EXT_MAX_SET];
};

/* Finds nr names in the text and nothing else. */
static int split_names(struct named_set *named, uint32_t nr, uint32_t bytes)
{
    const char *at = named->text;
    const char *const end = at + bytes;

    for (uint32_t i = 0; i < nr; i++) {
        const size_t length = strnlen(at, end - at);

        if (at + length == end || length >= LIVEPATCH_EXT_NAME_BYTES) {
            return -EINVAL;
        }
        named->name[i] = at;
        at += length + 1;
    }
    return at == end ? 0 : -EINVAL;
}

static int copy_names(const struct livepatch_ext_action_set *asked,
                      struct named_set *named)
{
    if (raw_copy_from_guest(named->text, (const void *)asked->names,
                            asked->names_bytes)) {
        return -EFAULT;
    }
    return split_names(named, asked->nr, asked->names_bytes);
}

static int find_payloads(struct registry_locked locked, struct named_set *named,
                         struct livepatch_ext_action_set *asked)
{
    for (uint32_t i = 0; i < asked->nr; i++) {
        named->payload[i] = lp_registry_find_name(locked, named->name[i]);
        if (!named->payload[i]) {
            lp_err(named->name[i], "no such payload");
            asked->failed = i;
            return -ENOENT;
        }
        lp_history_current(locked)->nr_functions += named->payload[i]->nfuncs;
    }
    return 0;
}

static int act_on_set(struct registry_locked locked, struct named_set *named,
                      struct livepatch_ext_action_set *asked)
{
    const struct lp_set set = {.payload = named->payload, .nr = asked->nr};
    const struct lp_action action = {
        .timeout_ns = asked->timeout,
        .flags = asked->flags,
    };
    struct lp_set_outcome outcome = {.failed = asked->nr};
    int rc = find_payloads(locked, named, asked);

    if (rc) {
        return rc;
    }
    rc = asked->cmd == LIVEPATCH_ACTION_APPLY
             ? lp_action_apply_set(locked, &set, &action, &outcome)
             : lp_action_revert_set(locked, &set, &action, &outcome);
    asked->failed = outcome.failed;
    asked->rc = outcome.rc;
    return rc;
}

/* The request is whole: from here on it is part of the history. */
static int act_on_names(struct registry_locked locked, struct named_set *named,
                        struct livepatch_ext_action_set *asked)
{
    int rc = copy_names(asked, named);

    if (rc) {
        return rc;
    }
    lp_history_begin(locked, asked->cmd, named->name[0]);
    lp_history_current(locked)->nr_payloads = asked->nr;
    rc = act_on_set(locked, named, asked);
    lp_history_end(locked, rc);
    return rc;
}

static bool is_whole(const struct livepatch_ext_action_set *asked)
{
    const uint32_t known_flags = asked->cmd == LIVEPATCH_ACTION_APPLY
                                     ? LIVEPATCH_ACTION_APPLY_NODEPS
                                     : 0;

    return asked->pad == 0 && asked->nr > 0 &&
           asked->nr <= LIVEPATCH_EXT_MAX_SET &&
           asked->names_bytes >= asked->nr &&
           asked->names_bytes <= asked->nr * LIVEPATCH_EXT_NAME_BYTES &&
           (asked->cmd == LIVEPATCH_ACTION_APPLY ||
            asked->cmd == LIVEPATCH_ACTION_REVERT) &&
           (asked->flags & ~known_flags) == 0;
}

static int op_action_set(struct registry_locked locked,
                         const struct lp_request *request)
{
    struct livepatch_ext_action_set *asked = (void *)&request->op->u;
    struct named_set named;
    int rc;

    asked->failed = asked->nr;
    asked->rc = 0;
    if (!is_whole(asked)) {
        return -EINVAL;
    }
    named.text = xmalloc_array(char, asked->names_bytes);
    if (!named.text) {
        return -ENOMEM;
    }
    rc = act_on_names(locked, &named, asked);
    xfree(named.text);
    return rc;
}

static const struct {
    uint32_t cmd;
    lp_op_fn *serve;
} ops[] = {
    {LIVEPATCH_EXT_ACTION_SET, op_action_set},
    {LIVEPATCH_EXT_HISTORY, op_history},
    {LIVEPATCH_EXT_TELEMETRY, op_telemetry},
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
