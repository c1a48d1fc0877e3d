// SPDX-License-Identifier: GPL-2.0
/*
 * HISTORY and TELEMETRY of the extension, and requests that nobody knows.
 */
#include "run.h"

#include <string.h>

#include <xen/errno.h>
#include <xen/lib.h>

#include "answer.h"
#include "host/guest.h"

#define HISTORY_KEPT 256

static uint32_t stride_of(uint8_t choice, uint32_t natural, uint32_t least)
{
    const uint32_t strides[] = {natural,   least, natural + 64, 4096,
                                least + 1, 200,   natural - 8,  4097};

    return choice < CHOOSE_WRONG ? strides[choice % 7]
           : choice & 1          ? least - 1
                                 : strides[7];
}

static bool is_stride(uint32_t stride, uint32_t least)
{
    return stride >= least && stride <= 4096;
}

static unsigned int records_from(const struct run *run, uint64_t from)
{
    const uint64_t end = run->next_record;
    const uint64_t oldest = end > HISTORY_KEPT ? end - HISTORY_KEPT : 1;

    if (from < oldest) {
        from = oldest;
    }
    return from < end ? end - from : 0;
}

static uint64_t decode_from(const struct run *run, uint8_t choice)
{
    if (choice >= CHOOSE_WRONG) {
        return choice & 1 ? UINT64_MAX : 0;
    }
    return run->next_record > choice ? run->next_record - choice : 0;
}

static void check_records(const struct run *run, const uint8_t *records,
                          uint32_t stride,
                          const struct livepatch_ext_history *history)
{
    const uint64_t first = run->next_record - records_from(run, history->from);

    for (uint32_t i = 0; i < history->nr; i++) {
        uint64_t sequence;

        memcpy(&sequence, records + (size_t)i * stride, sizeof(sequence));
        answer_check_number("HISTORY: a record's number", sequence, first + i);
    }
}

void perform_history(struct run *run, const struct script_step *step)
{
    struct reasons reasons = {.nr = 0};
    struct xen_sysctl_livepatch_op op =
        request_start(step, LIVEPATCH_EXT_HISTORY, &reasons);
    struct livepatch_ext_history *history = (void *)&op.u;
    struct livepatch_ext_history asked = {
        .from = decode_from(run, step->read.from),
        .nr = step->read.nr % 9,
        .stride = stride_of(step->read.stride,
                            sizeof(struct livepatch_ext_record), 16),
        .pad = step->read.defect >= CHOOSE_WRONG && step->read.defect & 1,
    };
    const unsigned int available = records_from(run, asked.from);
    const unsigned int nr = asked.nr < available ? asked.nr : available;
    uint8_t *records = answer_fresh((size_t)asked.nr * asked.stride);
    int rc;

    asked.records = (uintptr_t)records;
    *history = asked;
    if (asked.pad || !is_stride(asked.stride, 16)) {
        reasons_add(&reasons, EINVAL);
    } else if (step->read.defect >= CHOOSE_WRONG && nr) {
        host_guest_break(records + (size_t)nr * asked.stride - 1, 1);
        reasons_add(&reasons, EFAULT);
    }
    rc = request_send(step, &op);
    note_done("HISTORY from %lu, %u of %u: %d\n", asked.from, asked.nr,
              asked.stride, rc);
    request_judge("HISTORY", rc, &reasons);
    if (rc == 0) {
        answer_check_number("HISTORY: nr", history->nr, nr);
        asked.nr = nr;
        check_records(run, records, asked.stride, &asked);
    }
}

void perform_telemetry(struct run *run, const struct script_step *step)
{
    struct reasons reasons = {.nr = 0};
    struct xen_sysctl_livepatch_op op =
        request_start(step, LIVEPATCH_EXT_TELEMETRY, &reasons);
    struct livepatch_ext_telemetry *telemetry = (void *)&op.u;
    struct livepatch_ext_telemetry asked = {
        .nr = step->read.nr % 9,
        .summary_stride = stride_of(step->read.stride,
                                    sizeof(struct livepatch_ext_summary), 8),
        .cpu_stride =
            stride_of(step->read.from, sizeof(struct livepatch_ext_cpu), 8),
        .pad = step->read.defect >= CHOOSE_WRONG && step->read.defect & 1,
    };
    void *summary = answer_fresh(asked.summary_stride);
    void *cpus = answer_fresh((size_t)asked.nr * asked.cpu_stride);
    int rc;

    (void)run;
    asked.summary = (uintptr_t)summary;
    asked.cpus = (uintptr_t)cpus;
    *telemetry = asked;
    if (asked.pad || !is_stride(asked.summary_stride, 8) ||
        !is_stride(asked.cpu_stride, 8)) {
        reasons_add(&reasons, EINVAL);
    } else if (step->read.defect >= CHOOSE_WRONG) {
        host_guest_break((uint8_t *)summary + asked.summary_stride - 1, 1);
        reasons_add(&reasons, EFAULT);
    }
    rc = request_send(step, &op);
    note_done("TELEMETRY %u: %d\n", asked.nr, rc);
    request_judge("TELEMETRY", rc, &reasons);
    if (rc == 0) {
        answer_check_number("TELEMETRY: pCPUs", telemetry->nr_online, 1);
        answer_check_number("TELEMETRY: nr", telemetry->nr, asked.nr != 0);
        answer_check_fresh("TELEMETRY: pCPUs", cpus,
                           telemetry->nr * (size_t)asked.cpu_stride,
                           asked.nr * (size_t)asked.cpu_stride);
    }
}

void perform_unknown(struct run *run, const struct script_step *step)
{
    static const uint32_t cmds[] = {4, 77, 0x58530000, 0x58530007, UINT32_MAX};
    const uint32_t cmd = cmds[step->read.from % ARRAY_SIZE(cmds)];
    struct reasons reasons = {.nr = 0};
    struct xen_sysctl_livepatch_op op = request_start(step, cmd, &reasons);
    int rc;

    (void)run;
    reasons_add(&reasons, EOPNOTSUPP);
    memset(&op.u, step->read.nr, sizeof(op.u));
    rc = request_send(step, &op);
    note_done("%#x: %d\n", cmd, rc);
    request_judge("an unknown request", rc, &reasons);
}
