/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the fuzz target `verify` has beside its input, of the user-mode host's
 * making: the xen-syms of the fake hypervisor, a payload to lie below, and the
 * good payloads that inputs are made from.
 */
#ifndef FUZZ_VERIFY_SAMPLES_H
#define FUZZ_VERIFY_SAMPLES_H

#include <stdbool.h>
#include <stddef.h>

/* Made once; stays the samples' own. */
struct fuzz_sample {
    const void *bytes;
    size_t size;
};

/* First of all: what the others are made of. */
void fuzz_samples_start(void);

struct fuzz_sample fuzz_sample_xen_syms(void);
struct fuzz_sample fuzz_sample_below(void);

/* Good payload number i; false: there is none more. */
bool fuzz_sample_payload(unsigned int i, struct fuzz_sample *sample);

#endif
