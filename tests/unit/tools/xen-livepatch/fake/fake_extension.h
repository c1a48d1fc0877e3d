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

bool fake_extension_has(uint32_t operation);

/* Answer HISTORY or TELEMETRY; `sysctl` is the whole structure. */
int fake_extension_answer(unsigned char *sysctl);

#endif
