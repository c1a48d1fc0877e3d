/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Hints and ordering between pCPUs. x86 lets only a later load pass an earlier
 * store (AMD APM vol. 2, 7.2), so reads and writes among themselves need the
 * compiler held, no instruction.
 */
#ifndef ASM_SYSTEM_H
#define ASM_SYSTEM_H

#include <xen/compiler.h>

/* Volatile: a spin loop must keep it. Orders nothing in hardware. */
#define cpu_relax() __asm__ __volatile__("pause" ::: "memory")

/* Full: orders this CPU's earlier stores against its later loads. */
#define smp_mb() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define smp_rmb() barrier()
#define smp_wmb() barrier()

#endif
