/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The pCPUs: finding one's block, and waking it.
 */
#ifndef ASM_SMP_H
#define ASM_SMP_H

#include <xen/compiler.h>
#include <xen/cpumask.h>
#include <asm/current.h>

extern struct pcpu *pcpu_table[NR_CPUS];

/* The block of a pCPU that has been started. */
static inline struct pcpu *pcpu_of(unsigned int cpu)
{
    return pcpu_table[cpu];
}

/* The boot CPU's block, GDT, TSS and IDT; first thing in C. */
void pcpu_init_boot(void);

/* The boot CPU's final stacks; makes the double-fault stack usable. */
void pcpu_map_boot_stacks(void);

/*
 * Starts every enabled pCPU that ACPI lists and waits until each has reported;
 * panics when one does not.
 */
void smp_start_all(void);

/* From ap_start.S, on the stack of the pCPU that starts. */
void noreturn ap_main(void);

/* Sends an NMI to each pCPU of the set; never to the caller. */
void smp_kick(const cpumask_t *cpus);

#endif
