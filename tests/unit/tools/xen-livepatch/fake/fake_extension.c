/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Records in an array. HISTORY: 16 records handle, 24 from, 32 nr, 36 stride,
 * 40 now, 48 pad. TELEMETRY: 16 summary handle, 24 cpus handle, 32 and 36
 * strides, 40 nr, 44 nr_online, 48 pad. PAYLOADS: 16 payloads handle, 24 uses
 * handle, 32 from, 40 generation, 48 now, 56 nr, 60 nr_uses, 64 nr_loaded, 68
 * nr_all_uses, 72 stride, 76 pad. DRY_RUN_UPLOAD: 16 name handle, 24 its bytes,
 * 26 pad, 32 size, 40 payload handle, 48 cmd, 52 flags, 56 refused, 60
 * nr_unasked, 64 pad. DRY_RUN_ACTION: 16 names handle, 24 their bytes, 28 nr,
 * 32 cmd, 36 flags, 40 failed, 44 nr_unasked, 48 pad.
 */
#include "fake/fake_extension.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_console.h"
#include "fake/fake_list.h"
#include "fake/fake_memory.h"
#include "fake/wire_bytes.h"

#define NR_RECORDS_MAX 600U
#define NR_PAYLOADS_MAX 64U
#define NR_USES_MAX 64U

static bool is_there;
static uint64_t now;
static uint32_t record_bytes;
static struct livepatch_ext_record records[NR_RECORDS_MAX];
static uint32_t nr_records;
static struct livepatch_ext_summary summary;
static struct livepatch_ext_payload payloads[NR_PAYLOADS_MAX];
static uint32_t nr_payloads;
static uint64_t uses[NR_USES_MAX];
static uint32_t nr_uses;
static unsigned int nr_times_to_grow;
static uint32_t growth_uses;
static uint32_t claimed_loaded;
static uint32_t claimed_uses;
static uint32_t nr_uses_lost;
static bool repeats_numbers;
#define NR_DRY_RUNS_MAX 8U

static const struct fake_dry_run *expected_dry_runs[NR_DRY_RUNS_MAX];
static unsigned int nr_expected_dry_runs, nr_dry_runs;

void fake_extension_reset(void)
{
    is_there = false;
    nr_records = 0;
    record_bytes = sizeof(records[0]);
    memset(&summary, 0, sizeof(summary));
    nr_payloads = 0;
    nr_uses = 0;
    nr_times_to_grow = 0;
    claimed_loaded = 0;
    claimed_uses = 0;
    nr_uses_lost = 0;
    repeats_numbers = false;
    nr_expected_dry_runs = 0;
    nr_dry_runs = 0;
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

void fake_extension_load(const struct livepatch_ext_payload *payload,
                         const uint64_t *used)
{
    assert_true(nr_payloads < NR_PAYLOADS_MAX);
    assert_true(payload->nr_uses <= NR_USES_MAX - nr_uses);
    payloads[nr_payloads] = *payload;
    payloads[nr_payloads].number = nr_payloads + 1;
    payloads[nr_payloads].first_use = nr_uses;
    for (uint32_t i = 0; i < payload->nr_uses; i++) {
        uses[nr_uses++] = used[i];
    }
    nr_payloads++;
}

void fake_extension_grows(unsigned int nr_times, uint32_t nr_growth_uses)
{
    nr_times_to_grow = nr_times;
    growth_uses = nr_growth_uses;
}

void fake_extension_claims(uint32_t nr_loaded, uint32_t nr_all_uses)
{
    claimed_loaded = nr_loaded;
    claimed_uses = nr_all_uses;
}

void fake_extension_loses_uses(void)
{
    nr_uses_lost = 1;
}

void fake_extension_repeats_numbers(void)
{
    repeats_numbers = true;
}

void fake_extension_expects_dry_run(const struct fake_dry_run *dry_run)
{
    assert_true(nr_expected_dry_runs < NR_DRY_RUNS_MAX);
    expected_dry_runs[nr_expected_dry_runs++] = dry_run;
}

void fake_extension_verify(void)
{
    assert_int_equal(nr_dry_runs, nr_expected_dry_runs);
}

bool fake_extension_has(uint32_t operation)
{
    return operation == LIVEPATCH_EXT_HISTORY ||
           operation == LIVEPATCH_EXT_TELEMETRY ||
           operation == LIVEPATCH_EXT_PAYLOADS ||
           operation == LIVEPATCH_EXT_DRY_RUN_UPLOAD ||
           operation == LIVEPATCH_EXT_DRY_RUN_ACTION;
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
    assert_int_equal(u64_at(sysctl, 48), 0);
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
    assert_int_equal(u64_at(sysctl, 48), 0);
    put_bytes(u64_at(sysctl, 16), u32_at(sysctl, 32), &summary,
              sizeof(summary));
    put_u32(sysctl, 32, sizeof(summary));
    put_u32(sysctl, 44, 4);
    return 0;
}

/* Those from number `from` on that there is room for; their uses too. */
static int put_payloads(unsigned char *sysctl, uint32_t nr_asked,
                        uint32_t nr_uses_asked)
{
    uint64_t from = u64_at(sysctl, 32);
    uint32_t stride = u32_at(sysctl, 72);
    uint32_t nr = 0;
    uint32_t nr_put = 0;

    for (uint32_t i = 0; i < nr_payloads && nr < nr_asked; i++) {
        struct livepatch_ext_payload payload = payloads[i];

        if (payload.number < from) {
            continue;
        }
        if (payload.nr_uses > nr_uses_asked - nr_put) {
            if (!nr) {
                return -ENOBUFS;
            }
            break;
        }
        put_bytes(u64_at(sysctl, 24) + 8ULL * nr_put, 8 * payload.nr_uses,
                  &uses[payload.first_use], 8 * payload.nr_uses);
        payload.first_use = nr_put;
        payload.number = repeats_numbers ? 1 : payload.number;
        put_bytes(u64_at(sysctl, 16) + (uint64_t)nr * stride, stride, &payload,
                  sizeof(payload) < record_bytes ? sizeof(payload)
                                                 : record_bytes);
        from = payloads[i].number + 1;
        nr_put += payload.nr_uses;
        nr++;
    }
    put_u64(sysctl, 32, from);
    put_u32(sysctl, 56, nr);
    put_u32(sysctl, 60, nr_put - (nr_put ? nr_uses_lost : 0));
    return 0;
}

static void grow(void)
{
    static const uint64_t used[NR_USES_MAX];
    const struct livepatch_ext_payload more = {
        .name = "more", .state = 1, .nr_uses = growth_uses};

    fake_extension_load(&more, used);
    nr_times_to_grow--;
}

static int answer_payloads(unsigned char *sysctl)
{
    uint32_t nr_asked = u32_at(sysctl, 56);
    int rc;

    assert_true(u32_at(sysctl, 72) >= 16);
    assert_int_equal(u32_at(sysctl, 76), 0);
    rc = put_payloads(sysctl, nr_asked, u32_at(sysctl, 60));
    if (rc) {
        return rc;
    }
    put_u64(sysctl, 40, nr_records);
    put_u64(sysctl, 48, now);
    put_u32(sysctl, 64, claimed_loaded ? claimed_loaded : nr_payloads);
    put_u32(sysctl, 68, claimed_uses ? claimed_uses : nr_uses);
    put_u32(sysctl, 72, sizeof(payloads[0]));
    if (!nr_asked && nr_times_to_grow) {
        grow();
    }
    return 0;
}

static const struct fake_dry_run *take_dry_run(void)
{
    const struct fake_dry_run *dry_run;

    assert_true(nr_dry_runs < nr_expected_dry_runs);
    dry_run = expected_dry_runs[nr_dry_runs++];
    if (dry_run->console_text) {
        fake_console_append(dry_run->console_text);
    }
    return dry_run;
}

static int answer_dry_upload(unsigned char *sysctl)
{
    const struct fake_dry_run *dry_run = take_dry_run();
    uint16_t nr_bytes = u16_at(sysctl, 24);

    assert_int_equal(dry_run->nr, 0);
    assert_int_equal(nr_bytes, strlen(dry_run->names) + 1);
    assert_memory_equal(fake_memory_at(u64_at(sysctl, 16), nr_bytes),
                        dry_run->names, nr_bytes);
    check_zero(sysctl, 26, 32);
    assert_memory_equal(fake_memory_at(u64_at(sysctl, 40), u64_at(sysctl, 32)),
                        "\x7f"
                        "ELF",
                        4);
    assert_int_equal(u32_at(sysctl, 48), dry_run->cmd);
    assert_int_equal(u32_at(sysctl, 52), dry_run->flags);
    check_zero(sysctl, 64, 136);
    put_u32(sysctl, 56, dry_run->guilty);
    put_u32(sysctl, 60, dry_run->nr_unasked);
    return dry_run->rc;
}

static int answer_dry_action(unsigned char *sysctl)
{
    const struct fake_dry_run *dry_run = take_dry_run();
    uint32_t nr_bytes = u32_at(sysctl, 24);

    assert_true(dry_run->nr > 0);
    assert_int_equal(u32_at(sysctl, 28), dry_run->nr);
    assert_memory_equal(fake_memory_at(u64_at(sysctl, 16), nr_bytes),
                        dry_run->names, nr_bytes);
    assert_int_equal(u32_at(sysctl, 32), dry_run->cmd);
    assert_int_equal(u32_at(sysctl, 36), dry_run->flags);
    check_zero(sysctl, 48, 136);
    put_u32(sysctl, 40, dry_run->guilty);
    put_u32(sysctl, 44, dry_run->nr_unasked);
    return dry_run->rc;
}

int fake_extension_answer(unsigned char *sysctl)
{
    if (!is_there) {
        return -EOPNOTSUPP;
    }
    switch (u32_at(sysctl, 8)) {
    case LIVEPATCH_EXT_HISTORY:
        return answer_history(sysctl);
    case LIVEPATCH_EXT_TELEMETRY:
        return answer_telemetry(sysctl);
    case LIVEPATCH_EXT_DRY_RUN_UPLOAD:
        return answer_dry_upload(sysctl);
    case LIVEPATCH_EXT_DRY_RUN_ACTION:
        return answer_dry_action(sysctl);
    default:
        return answer_payloads(sysctl);
    }
}
