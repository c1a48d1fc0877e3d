// SPDX-License-Identifier: GPL-2.0
/*
 * The requests; see extension.h.
 */
#include "extension.h"

#include <xen/livepatch.h>

#include "host/guest.h"
#include "request.h"

#define AT_UNION 8
#define ROOM_BEHIND 64

int send_extension(uint32_t cmd, void *structure, size_t bytes)
{
    struct request request = {{0}};
    int rc;

    assert_true(bytes <= OP_BYTES - AT_UNION);
    put(&request, AT_COMMAND, cmd, 4);
    memcpy(request.byte + AT_UNION, structure, bytes);
    rc = send_request(&request);
    memcpy(structure, request.byte + AT_UNION, bytes);
    return rc;
}

static void *room_for(size_t bytes)
{
    return memset(host_guest_alloc(bytes + ROOM_BEHIND), 0xa5,
                  bytes + ROOM_BEHIND);
}

struct history_answer read_history(uint64_t from, uint32_t nr, uint32_t stride)
{
    const void *room = room_for((size_t)nr * stride);
    struct history_answer answer = {
        .asked_stride = stride,
        .history = {.records = (uintptr_t)room,
                    .from = from,
                    .nr = nr,
                    .stride = stride},
        .bytes = room,
    };

    answer.rc = send_extension(LIVEPATCH_EXT_HISTORY, &answer.history,
                               sizeof(answer.history));
    return answer;
}

const struct livepatch_ext_record *
record_at(const struct history_answer *answer, unsigned int i)
{
    assert_true(i < answer->history.nr);
    return (const void *)(answer->bytes + (size_t)i * answer->asked_stride);
}

bool read_newest_record(struct livepatch_ext_record *record)
{
    const struct history_answer answer =
        read_history(1, 1024, sizeof(struct livepatch_ext_record));

    assert_int_equal(answer.rc, 0);
    if (answer.history.nr == 0) {
        return false;
    }
    *record = *record_at(&answer, answer.history.nr - 1);
    return true;
}

struct payloads_answer read_payloads(uint64_t from, uint32_t nr,
                                     uint32_t nr_uses, uint32_t stride)
{
    const void *room = room_for((size_t)nr * stride);
    const void *uses = room_for((size_t)nr_uses * sizeof(uint64_t));
    struct payloads_answer answer = {
        .asked_stride = stride,
        .payloads = {.payloads = (uintptr_t)room,
                     .uses = (uintptr_t)uses,
                     .from = from,
                     .nr = nr,
                     .nr_uses = nr_uses,
                     .stride = stride},
        .bytes = room,
        .uses = uses,
    };

    answer.rc = send_extension(LIVEPATCH_EXT_PAYLOADS, &answer.payloads,
                               sizeof(answer.payloads));
    return answer;
}

struct payloads_answer read_all_payloads(void)
{
    const uint32_t stride = sizeof(struct livepatch_ext_payload);
    const struct payloads_answer sizes = read_payloads(1, 0, 0, stride);
    struct payloads_answer answer;

    assert_int_equal(sizes.rc, 0);
    answer = read_payloads(1, sizes.payloads.nr_loaded,
                           sizes.payloads.nr_all_uses, stride);
    assert_int_equal(answer.rc, 0);
    assert_int_equal(answer.payloads.nr, sizes.payloads.nr_loaded);
    assert_int_equal(answer.payloads.nr_uses, sizes.payloads.nr_all_uses);
    return answer;
}

const struct livepatch_ext_payload *
payload_at(const struct payloads_answer *answer, unsigned int i)
{
    assert_true(i < answer->payloads.nr);
    return (const void *)(answer->bytes + (size_t)i * answer->asked_stride);
}

void read_telemetry(uint32_t nr, struct telemetry_answer *answer)
{
    void *summary = room_for(sizeof(answer->summary));
    void *cpus = room_for(nr * sizeof(answer->cpu[0]));

    answer->telemetry = (struct livepatch_ext_telemetry){
        .summary = (uintptr_t)summary,
        .cpus = (uintptr_t)cpus,
        .summary_stride = sizeof(answer->summary),
        .cpu_stride = sizeof(answer->cpu[0]),
        .nr = nr,
    };
    answer->rc = send_extension(LIVEPATCH_EXT_TELEMETRY, &answer->telemetry,
                                sizeof(answer->telemetry));
    memcpy(&answer->summary, summary, sizeof(answer->summary));
    memcpy(answer->cpu, cpus, nr * sizeof(answer->cpu[0]));
}
