/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which pCPUs there are and which one this is.
 */
#ifndef XEN_SMP_H
#define XEN_SMP_H

#include <xen/cpumask.h>
#include <asm/current.h> /* smp_processor_id() */

/* pCPUs that run hypervisor code: in a guest, in the host, or parked. Changed
 * between cpu_hotplug_begin() and cpu_hotplug_done() only (<xen/cpu.h>). */
extern cpumask_t cpu_online_map;

#define cpu_online(cpu) cpumask_test_cpu(cpu, &cpu_online_map)
#define for_each_online_cpu(cpu) for_each_cpu (cpu, &cpu_online_map)
#define num_online_cpus() cpumask_weight(&cpu_online_map)

#endif
