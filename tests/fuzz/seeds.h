/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Valid payloads of several kinds for the fake hypervisor, made by code: what
 * the fuzz targets start from.
 */
#ifndef FUZZ_SEEDS_H
#define FUZZ_SEEDS_H

#include "host/payload_builder.h"

#define FUZZ_NR_SEEDS 7

/* Seed number i, made once; stays the seeds' own. */
const struct payload_file *fuzz_seed(unsigned int i);

#endif
