/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Scripts to start from: plain uses, from which the mutations go astray.
 */
#ifndef FUZZ_OPS_SEEDS_H
#define FUZZ_OPS_SEEDS_H

#include "script.h"

struct ops_seed {
    const struct script_step *steps;
    unsigned int nr;
};

extern const struct ops_seed ops_seeds[];
extern const unsigned int ops_nr_seeds;

#endif
