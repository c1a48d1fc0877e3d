/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Valid payloads of several kinds for the fake hypervisor, made by code: what
 * the fuzz target `upload` starts from. Two need the neighbour.
 */
#ifndef FUZZ_SEEDS_H
#define FUZZ_SEEDS_H

#include "host/payload_builder.h"

#define FUZZ_NR_SEEDS 11

/* Gives the fake hypervisor what the seeds refer to; after each reset. */
void fuzz_add_symbols(void);

/* A payload that others refer to and patch, made once: exports the function
 * `shared` and the datum `shared_datum`. */
const struct payload_file *fuzz_neighbour(void);

/* Seed number i, made once; stays the seeds' own. */
const struct payload_file *fuzz_seed(unsigned int i);

#endif
