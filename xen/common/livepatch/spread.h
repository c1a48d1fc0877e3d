/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Times as a distribution, in fixed memory: how many, the last, the extremes
 * exactly, and a histogram for the median. Takes times in ns, gives what the
 * public extension shows of them. Whose times they are is not its business.
 *
 * The histogram is log-linear: times below 16 have a bucket each; above,
 * every octave [2^n, 2^(n+1)) has 16 of equal width. Example: 1000 is in
 * [512, 1024), whose buckets are 32 wide, in the 16th of them: 992 to 1023.
 * What is too long for the last bucket (2^40 ns, 18 minutes) counts there.
 */
#ifndef LP_SPREAD_H
#define LP_SPREAD_H

#include <xen/types.h>
#include <public/livepatch_ext.h>

#define LP_SPREAD_PER_OCTAVE 16
#define LP_SPREAD_OCTAVES 37 /* the first, of 16 ns, is no octave */
#define LP_SPREAD_BUCKETS (LP_SPREAD_PER_OCTAVE * LP_SPREAD_OCTAVES)

/* All zero: empty. One pCPU at a time adds; any may read meanwhile. */
struct lp_spread {
    uint64_t nr, last, min, max;
    uint32_t bucket[LP_SPREAD_BUCKETS];
};

void lp_spread_add(struct lp_spread *spread, uint64_t ns);

/* The median is the middle of its bucket, and lies between min and max. */
struct livepatch_ext_spread lp_spread_read(const struct lp_spread *spread);

#endif
