/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The part of the fake hypervisor that only this project's has. Not there until
 * a test says so: then it answers -EOPNOTSUPP, as stock Xen does. Bytes are
 * checked against the offsets of livepatch_ext.h.
 */
#ifndef TESTS_FAKE_EXTENSION_H
#define TESTS_FAKE_EXTENSION_H

#include <stdbool.h>
#include <stdint.h>

#include "livepatch_ext.h"

void fake_extension_reset(void);

/* From now on it is there. Its clock says `now_ns`. */
void fake_extension_start(uint64_t now_ns);

/* It writes at most so many bytes of a record: an older one than ours. */
void fake_extension_knows_bytes(uint32_t record_bytes);

/* It records this now; the number is given by it. */
void fake_extension_record(const struct livepatch_ext_record *record);

/* The summary of the telemetry that is answered. */
void fake_extension_summarize(const struct livepatch_ext_summary *summary);

/* From now on this is loaded; the number is given by it, 1, 2 ..., first_use
 * too. `uses`: the nr_uses numbers of the payloads that it uses. */
void fake_extension_load(const struct livepatch_ext_payload *payload,
                         const uint64_t *uses);

/* So many times, when it was asked how much is loaded, one more comes, with
 * nr_uses uses. */
void fake_extension_grows(unsigned int nr_times, uint32_t nr_uses);

/* It contradicts itself: it tells of more payloads, or uses, than there are; of
 * uses behind the last one; of one number twice. */
void fake_extension_claims(uint32_t nr_loaded, uint32_t nr_all_uses);
void fake_extension_loses_uses(void);
void fake_extension_repeats_numbers(void);

/* A dry run that must come, after those before it, and how it is answered. */
struct fake_dry_run {
    const char *names; /* nr of them in a row: "a\0b" */
    uint32_t nr;       /* 0: an upload, under the one name */
    uint32_t cmd;
    uint32_t flags;
    uint32_t guilty; /* `failed`, or of an upload `refused` */
    uint32_t nr_unasked;
    int rc;
    const char *console_text; /* what it says, or NULL */
};

void fake_extension_expects_dry_run(const struct fake_dry_run *dry_run);

/* Fails unless all came. */
void fake_extension_verify(void);

bool fake_extension_has(uint32_t operation);

/* Answer any but ACTION_SET; `sysctl` is the whole structure. */
int fake_extension_answer(unsigned char *sysctl);

#endif
