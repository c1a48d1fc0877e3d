/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One instance of a variable for each pCPU, zero at start. How an instance is
 * found is the host's business (<asm/percpu.h>).
 */
#ifndef XEN_PERCPU_H
#define XEN_PERCPU_H

#include <xen/smp.h>
#include <asm/percpu.h> /* DEFINE_PER_CPU, DECLARE_PER_CPU, per_cpu */

#define this_cpu(name) per_cpu(name, smp_processor_id())

#endif
