/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a pCPU that is a thread does while it waits.
 */
#ifndef ASM_SYSTEM_H
#define ASM_SYSTEM_H

/* One turn of a spin loop (pcpu.c): lets the threads that it waits for run. */
void host_relax(void);

#define cpu_relax() host_relax()

#endif
