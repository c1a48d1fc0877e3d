/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who may rely on cpu_online_map, and who may change it: any number of users
 * or one changer. Nobody waits here; who is refused decides what to do.
 */
#ifndef XEN_CPU_H
#define XEN_CPU_H

#include <xen/compiler.h>
#include <xen/types.h>

/*
 * True: no pCPU comes online or goes offline until put_cpu_maps(), by any pCPU.
 * False: one is coming or going. Not to be asked for by who changes the map.
 */
bool get_cpu_maps(void) __must_check;
void put_cpu_maps(void);

/*
 * True: the caller may bring pCPUs online, or take them offline, until
 * cpu_hotplug_done(). A pCPU that comes runs hypervisor code from after begin
 * on; one that goes runs none from before done. False: somebody relies on the
 * map, or another changes it.
 */
bool cpu_hotplug_begin(void) __must_check;
void cpu_hotplug_done(void);

#endif
