/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a stress run is judged by: claims that many threads check very often.
 */
#ifndef STRESS_VERDICT_H
#define STRESS_VERDICT_H

#include <xen/types.h>

enum claim {
    NOBODY_OUTSIDE,
    ONCE_OR_LATE,
    ALL_COME,
    ALL_LEAVE,
    COUNTERS_AGREE,
    CLAIM_NR
};

/* By any thread. The first two values that disagree are remembered. */
void expect(enum claim claim, bool holds, uint64_t found, uint64_t wanted);

/* Prints a line of TAP for each claim, and one for whether the run had all that
 * it was made of. 0 when all is well, else 1. */
int tell_verdict(bool was_complete);

#endif
