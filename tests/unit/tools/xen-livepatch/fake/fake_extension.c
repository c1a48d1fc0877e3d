/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Records in an array. HISTORY: 16 records handle, 24 from, 32 nr, 36 stride,
 * 40 now, 48 pad. TELEMETRY: 16 summary handle, 24 cpus handle, 32 and 36
 * strides, 40 nr, 44 nr_online, 48 pad.
 */
#include "fake/fake_extension.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_memory.h"
#include "fake/wire_bytes.h"

#define NR_RECORDS_MAX 600U

static bool is_there;
static uint64_t now;
static uint32_t record_bytes;
static struct livepatch_ext_record records[NR_RECORDS_MAX];
static uint32_t nr_records;
static struct livepatch_ext_summary summary;

void fake_extension_reset(void)
{
    is_there = false;
    nr_records = 0;
    record_bytes = sizeof(records[0]);
    memset(&summary, 0, sizeof(summary));
}

void fake_extension_start(uint64_t now_ns)
{
    is_there = true;
    now = now_ns;
}

void fake_extension_knows_bytes(uint32_t nr_bytes)
{
    record_bytes = nr_bytes;
}

void fake_extension_record(const struct livepatch_ext_record *record)
{
    assert_true(nr_records < NR_RECORDS_MAX);
    records[nr_records] = *record;
    records[nr_records].sequence = nr_records + 1;
    nr_records++;
}

void fake_extension_summarize(const struct livepatch_ext_summary *wanted)
{
    summary = *wanted;
}

bool fake_extension_has(uint32_t operation)
{
    return operation == LIVEPATCH_EXT_HISTORY ||
           operation == LIVEPATCH_EXT_TELEMETRY;
}

static void put_bytes(uint64_t to, uint32_t stride, const void *from,
                      uint32_t nr_bytes)
{
    unsigned char *buffer = fake_memory_at(to, stride);

    memset(buffer, 0, stride);
    memcpy(buffer, from, nr_bytes < stride ? nr_bytes : stride);
}

static int answer_history(unsigned char *sysctl)
{
    uint64_t from = u64_at(sysctl, 24);
    uint32_t nr_asked = u32_at(sysctl, 32);
    uint32_t stride = u32_at(sysctl, 36);
    uint32_t nr = 0;

    assert_true(stride >= 16);
    for (uint32_t i = 0; i < nr_records && nr < nr_asked; i++) {
        if (records[i].sequence < from) {
            continue;
        }
        put_bytes(u64_at(sysctl, 16) + (uint64_t)nr * stride, stride,
                  &records[i], record_bytes);
        from = records[i].sequence + 1;
        nr++;
    }
    put_u64(sysctl, 24, from);
    put_u32(sysctl, 32, nr);
    put_u32(sysctl, 36, record_bytes);
    put_u64(sysctl, 40, now);
    return 0;
}

static int answer_telemetry(unsigned char *sysctl)
{
    assert_int_equal(u32_at(sysctl, 40), 0);
    put_bytes(u64_at(sysctl, 16), u32_at(sysctl, 32), &summary,
              sizeof(summary));
    put_u32(sysctl, 32, sizeof(summary));
    put_u32(sysctl, 44, 4);
    return 0;
}

int fake_extension_answer(unsigned char *sysctl)
{
    if (!is_there) {
        return -EOPNOTSUPP;
    }
    assert_int_equal(u64_at(sysctl, 48), 0);
    return u32_at(sysctl, 8) == LIVEPATCH_EXT_HISTORY
               ? answer_history(sysctl)
               : answer_telemetry(sysctl);
}
