/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the tests of verify verify: a payload and this project's hypervisor,
 * good at the start of each test.
 */
#ifndef TESTS_VERIFY_SAMPLES_H
#define TESTS_VERIFY_SAMPLES_H

#include "fake/run_command.h"
#include "fake/sample_elf.h"

extern struct sample_elf payload;
extern struct sample_elf xen;

/* Setup of a test, in place of start_fake(). */
int start_samples(void **state);

/* Of fix1.livepatch, against xen-syms or without. */
const struct run *verify(void);
const struct run *verify_alone(void);

/* That its one line but the conclusion is this (without "fix1.livepatch: "). */
void assert_found(const char *finding);

/* That the good payload has a hook. */
#define HOOKS_LINE                                                             \
    "fix1.livepatch: note: it has hooks, which were not called: what they "    \
    "would do or answer is not known\n"

#endif
