/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the CPUs can, as alternatives ask for it: by numbers that each tree
 * gives out for itself, and of which one means the same everywhere. All pCPUs
 * are taken to be like the one that boots.
 */
#ifndef ASM_CPUFEATURE_H
#define ASM_CPUFEATURE_H

#include <xen/types.h>

/* One that all have, and that payloads may take for granted. */
#define LIVEPATCH_FEATURE 4

/* One past the last. */
#define ARM_NCAPS 32

/* num is below ARM_NCAPS. */
bool cpus_have_cap(unsigned int num);

#endif
