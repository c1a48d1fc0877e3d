/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the samples' files know of each other.
 */
#ifndef TESTS_IMAGE_SAMPLES_H
#define TESTS_IMAGE_SAMPLES_H

#define NOINLINE __attribute__((noinline))

const char *one(int cpu);
int other(int cpu);
const char *xen_compile_date(void);
const char *banner(void);
unsigned int xen_major_version(void);
unsigned int xen_minor_version(void);
const char *xen_extra_version(void);

#endif
