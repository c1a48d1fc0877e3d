/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Per-pCPU variables: one zeroed copy of the .bss.percpu section for each
 * pCPU. The boot CPU uses the section itself; __per_cpu_offset[] says how far
 * from it the copy of another pCPU lies.
 */
#ifndef ASM_PERCPU_H
#define ASM_PERCPU_H

#include <xen/compiler.h>
#include <xen/config.h>

extern unsigned long __per_cpu_offset[NR_CPUS];

#define DEFINE_PER_CPU(type, name)                                             \
    __section(".bss.percpu") __typeof__(type) per_cpu__##name

#define DECLARE_PER_CPU(type, name) extern __typeof__(type) per_cpu__##name

#define per_cpu(name, cpu)                                                     \
    (*(__typeof__(&per_cpu__##name))((unsigned long)&per_cpu__##name +         \
                                     __per_cpu_offset[cpu]))

#endif
