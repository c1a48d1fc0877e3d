/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One instance of a variable for each pCPU, zero at start: the .bss.percpu
 * section is the boot CPU's, and each other pCPU has a copy;
 * __per_cpu_offset[] says how far from the section it lies.
 */
#ifndef XEN_PERCPU_H
#define XEN_PERCPU_H

#include <xen/compiler.h>
#include <xen/config.h>
#include <xen/smp.h>

extern unsigned long __per_cpu_offset[NR_CPUS];

#define DEFINE_PER_CPU(type, name)                                             \
    __section(".bss.percpu") __typeof__(type) per_cpu__##name

#define DECLARE_PER_CPU(type, name) extern __typeof__(type) per_cpu__##name

#define per_cpu(name, cpu)                                                     \
    (*(__typeof__(&per_cpu__##name))((unsigned long)&per_cpu__##name +         \
                                     __per_cpu_offset[cpu]))

#define this_cpu(name) per_cpu(name, smp_processor_id())

#endif
