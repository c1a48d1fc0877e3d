/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How long the stops of this boot took: of all, as their leaders saw them, and
 * of each pCPU, as it saw them itself. Takes times from the rendezvous, gives
 * distributions in the public extension's terms. A pCPU writes only what is
 * its own, when it stands still no longer.
 */
#ifndef LP_TELEMETRY_H
#define LP_TELEMETRY_H

#include "rendezvous.h"
#include "spread.h"

/*
 * One pCPU's part in a rendezvous, noted by itself after it was let go: when
 * the leader began, when this pCPU arrived, and now (system time, ns).
 */
void lp_telemetry_note_part(s_time_t began, s_time_t arrived, s_time_t left);

/* A rendezvous that is over, noted by its leader. */
void lp_telemetry_note_stop(const struct lp_rendezvous_report *report);

/* What was noted so far. While no rendezvous is under way; a pCPU that is only
 * now leaving the last one is counted a moment later. */
struct livepatch_ext_summary lp_telemetry_summary(void);
struct livepatch_ext_cpu lp_telemetry_of(unsigned int cpu);

#endif
