/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Requests of the public extension from a guest: sent as bytes of the sysctl,
 * answered in guest memory that is filled with 0xa5 beforehand.
 */
#ifndef TEST_EXTENSION_H
#define TEST_EXTENSION_H

#include "steps.h"

#include <public/livepatch_ext.h>

/* Sends an extension's structure and gives it back as it was answered. */
int send_extension(uint32_t cmd, void *structure, size_t bytes);

/* HISTORY: the answer, and where its records are. */
struct history_answer {
    int rc;
    uint32_t asked_stride;
    struct livepatch_ext_history history;
    const uint8_t *bytes; /* in the guest, with some room behind */
};

struct history_answer read_history(uint64_t from, uint32_t nr, uint32_t stride);

/* Record i of the answer; only as much of it as the stride says is there. */
const struct livepatch_ext_record *
record_at(const struct history_answer *answer, unsigned int i);

/* The newest record; false when there is none. */
bool read_newest_record(struct livepatch_ext_record *record);

/* PAYLOADS: the answer, and where its records and uses are. */
struct payloads_answer {
    int rc;
    uint32_t asked_stride;
    struct livepatch_ext_payloads payloads;
    const uint8_t *bytes; /* in the guest, with some room behind */
    const uint64_t *uses; /* as well */
};

/* Room for nr records and nr_uses numbers. */
struct payloads_answer read_payloads(uint64_t from, uint32_t nr,
                                     uint32_t nr_uses, uint32_t stride);

/* All that are loaded, with all their uses: must succeed. */
struct payloads_answer read_all_payloads(void);

const struct livepatch_ext_payload *
payload_at(const struct payloads_answer *answer, unsigned int i);

/* TELEMETRY of up to NR_CPUS pCPUs, by callers with our records. */
struct telemetry_answer {
    int rc;
    struct livepatch_ext_telemetry telemetry;
    struct livepatch_ext_summary summary;
    struct livepatch_ext_cpu cpu[NR_CPUS];
};

void read_telemetry(uint32_t nr, struct telemetry_answer *answer);

#endif
