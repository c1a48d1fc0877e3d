/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Hints and ordering between pCPUs that are threads. Fences are the
 * compiler's, so that the host runs on any machine and under a race detector.
 */
#ifndef ASM_SYSTEM_H
#define ASM_SYSTEM_H

#include <xen/compiler.h>

/* One turn of a spin loop (pcpu.c): lets the threads that it waits for run. */
void host_relax(void);

#define cpu_relax() host_relax()

#define smp_mb() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define smp_rmb() __atomic_thread_fence(__ATOMIC_ACQUIRE)
#define smp_wmb() __atomic_thread_fence(__ATOMIC_RELEASE)

#endif
