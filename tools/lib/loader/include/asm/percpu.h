/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Per-pCPU variables: an array, indexed by pCPU.
 */
#ifndef ASM_PERCPU_H
#define ASM_PERCPU_H

#include <xen/config.h>

#define DEFINE_PER_CPU(type, name) __typeof__(type) per_cpu__##name[NR_CPUS]
#define DECLARE_PER_CPU(type, name)                                            \
    extern __typeof__(type) per_cpu__##name[NR_CPUS]

#define per_cpu(name, cpu) (per_cpu__##name[cpu])

#endif
