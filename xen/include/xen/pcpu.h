/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The pCPUs' blocks (struct pcpu of <asm/current.h>), what memory each has
 * beside its block, and waking one.
 */
#ifndef XEN_PCPU_H
#define XEN_PCPU_H

#include <xen/compiler.h>
#include <xen/cpumask.h>
#include <asm/current.h>

extern struct pcpu *pcpu_table[NR_CPUS];

/* The block of a pCPU that has been started. */
static inline struct pcpu *pcpu_of(unsigned int cpu)
{
    return pcpu_table[cpu];
}

/* arch: the boot CPU's block; first thing in C. */
void pcpu_init_boot(void);

/* Where the block of stacks of pCPU cpu begins. */
unsigned long pcpu_stack_block(unsigned int cpu);

/*
 * Memory for a page of that block; for those of the main stack; a copy of the
 * per-pCPU variables. 0 or -ENOMEM (boot cannot go on then; nothing is given
 * back). Boot only.
 */
int pcpu_map_stack_page(unsigned int cpu, unsigned int page) __must_check;
int pcpu_map_main_stack(unsigned int cpu) __must_check;
int pcpu_alloc_variables(unsigned int cpu) __must_check;

/* arch: makes each pCPU of the set, never the caller, look at what there is to
 * do. */
void smp_kick(const cpumask_t *cpus);

#endif
