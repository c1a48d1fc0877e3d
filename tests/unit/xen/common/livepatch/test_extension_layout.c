// SPDX-License-Identifier: GPL-2.0
/*
 * The public extension as bytes: where each field stands and how long each
 * structure is. Callers that were built long ago must find them there.
 */
#include "host/test.h"

#include <public/livepatch_ext.h>

struct field_row {
    const char *name;
    size_t is, wanted;
};

#define FIELD(structure, field, at)                                            \
    {                                                                          \
#structure "_" #field "_stands_at_" #at,                               \
            offsetof(struct livepatch_ext_##structure, field), (at)            \
    }
#define BYTES(structure, bytes)                                                \
    {                                                                          \
#structure "_has_" #bytes "_bytes",                                    \
            sizeof(struct livepatch_ext_##structure), (bytes)                  \
    }

static const struct field_row fields[] = {
    FIELD(action_set, names, 0),
    FIELD(action_set, names_bytes, 8),
    FIELD(action_set, nr, 12),
    FIELD(action_set, cmd, 16),
    FIELD(action_set, timeout, 20),
    FIELD(action_set, flags, 24),
    FIELD(action_set, failed, 28),
    FIELD(action_set, rc, 32),
    FIELD(action_set, pad, 36),
    BYTES(action_set, 40),
    FIELD(late, cpu, 0),
    FIELD(late, where, 4),
    FIELD(late, domain, 8),
    FIELD(late, vcpu, 12),
    FIELD(late, address, 16),
    BYTES(late, 24),
    FIELD(record, sequence, 0),
    FIELD(record, time, 8),
    FIELD(record, cmd, 16),
    FIELD(record, rc, 20),
    FIELD(record, nr_payloads, 24),
    FIELD(record, nr_functions, 28),
    FIELD(record, nr_cpus, 32),
    FIELD(record, nr_late, 36),
    FIELD(record, gather_time, 40),
    FIELD(record, stop_time, 48),
    FIELD(record, total_time, 56),
    FIELD(record, late_mask, 64),
    FIELD(record, name, 72),
    FIELD(record, late, 200),
    BYTES(record, 392),
    FIELD(history, records, 0),
    FIELD(history, from, 8),
    FIELD(history, nr, 16),
    FIELD(history, stride, 20),
    FIELD(history, now, 24),
    FIELD(history, pad, 32),
    BYTES(history, 40),
    FIELD(spread, nr, 0),
    FIELD(spread, last, 8),
    FIELD(spread, min, 16),
    FIELD(spread, median, 24),
    FIELD(spread, max, 32),
    BYTES(spread, 40),
    FIELD(summary, now, 0),
    FIELD(summary, nr_stops, 8),
    FIELD(summary, nr_missed, 16),
    FIELD(summary, gather, 24),
    FIELD(summary, stop, 64),
    FIELD(summary, total, 104),
    BYTES(summary, 144),
    FIELD(cpu, cpu, 0),
    FIELD(cpu, nr_late, 8),
    FIELD(cpu, arrival, 16),
    FIELD(cpu, stopped, 56),
    BYTES(cpu, 96),
    FIELD(telemetry, summary, 0),
    FIELD(telemetry, cpus, 8),
    FIELD(telemetry, summary_stride, 16),
    FIELD(telemetry, cpu_stride, 20),
    FIELD(telemetry, nr, 24),
    FIELD(telemetry, nr_online, 28),
    FIELD(telemetry, pad, 32),
    BYTES(telemetry, 40),
    FIELD(payload, number, 0),
    FIELD(payload, load_time, 8),
    FIELD(payload, apply_time, 16),
    FIELD(payload, image_bytes, 24),
    FIELD(payload, state, 32),
    FIELD(payload, rc, 36),
    FIELD(payload, flags, 40),
    FIELD(payload, place, 44),
    FIELD(payload, nr_functions, 48),
    FIELD(payload, nr_users, 52),
    FIELD(payload, nr_uses, 56),
    FIELD(payload, first_use, 60),
    FIELD(payload, id_bytes, 64),
    FIELD(payload, depends_bytes, 68),
    FIELD(payload, id, 72),
    FIELD(payload, depends, 136),
    FIELD(payload, name, 200),
    BYTES(payload, 328),
    FIELD(payloads, payloads, 0),
    FIELD(payloads, uses, 8),
    FIELD(payloads, from, 16),
    FIELD(payloads, generation, 24),
    FIELD(payloads, now, 32),
    FIELD(payloads, nr, 40),
    FIELD(payloads, nr_uses, 44),
    FIELD(payloads, nr_loaded, 48),
    FIELD(payloads, nr_all_uses, 52),
    FIELD(payloads, stride, 56),
    FIELD(payloads, pad, 60),
    BYTES(payloads, 64),
    FIELD(dry_run_upload, name, 0),
    FIELD(dry_run_upload, name_bytes, 8),
    FIELD(dry_run_upload, name_pad, 10),
    FIELD(dry_run_upload, size, 16),
    FIELD(dry_run_upload, payload, 24),
    FIELD(dry_run_upload, cmd, 32),
    FIELD(dry_run_upload, flags, 36),
    FIELD(dry_run_upload, refused, 40),
    FIELD(dry_run_upload, nr_unasked, 44),
    FIELD(dry_run_upload, pad, 48),
    BYTES(dry_run_upload, 56),
    FIELD(dry_run_action, names, 0),
    FIELD(dry_run_action, names_bytes, 8),
    FIELD(dry_run_action, nr, 12),
    FIELD(dry_run_action, cmd, 16),
    FIELD(dry_run_action, flags, 20),
    FIELD(dry_run_action, failed, 24),
    FIELD(dry_run_action, nr_unasked, 28),
    FIELD(dry_run_action, pad, 32),
    BYTES(dry_run_action, 40),
};

static void layout_is_fixed(void **state)
{
    const struct field_row *row = *state;

    assert_int_equal(row->is, row->wanted);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, fields, layout_is_fixed);
    return host_run(&tests);
}
