/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Starting the pCPUs, and waiting on one.
 */
#ifndef ASM_SMP_H
#define ASM_SMP_H

#include <xen/compiler.h>
#include <xen/pcpu.h>

/* The boot CPU's final stack. */
void pcpu_map_boot_stack(void);

/* Makes the block, stack and variables of a further pCPU, for good. 0 or
 * -ENOMEM (boot cannot go on then; nothing is given back). Boot only. */
int pcpu_alloc(unsigned int cpu, uint64_t mpidr,
               struct pcpu **pcpu) __must_check;

/* What each pCPU sets up of itself: traps and the interrupt controller. */
void pcpu_init_here(void);

/*
 * Starts the nr pCPUs of these affinities, this one's left out, and waits until
 * each has reported; panics when one does not.
 */
void smp_start_all(const uint64_t *mpidr, unsigned int nr);

/* Sleeps until a kick has come; takes it. May return without one. */
void sleep_until_kick(void);

#endif
