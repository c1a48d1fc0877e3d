/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A good payload and its hypervisor, fresh for each test, and what verify must
 * say once a test has broken something in them.
 */
#ifndef TESTS_VERIFY_SAMPLES_H
#define TESTS_VERIFY_SAMPLES_H

#include "fake/run_command.h"
#include "fake/sample_elf.h"

#define XEN_ID "0102030405060708090a0b0c0d0e0f1011121314"

extern struct sample_elf payload;
extern struct sample_elf xen;

/* Setup of one CMocka test. */
int start_samples(void **state);

/* Verify the payload as it is now against that xen-syms. */
const struct run *verify(void);

/* Nothing is found; a fresh payload afterwards. */
void assert_passes(void);

/* "ERRNO: text" is found and nothing else; a fresh payload afterwards. */
void assert_found(const char *finding);

#endif
