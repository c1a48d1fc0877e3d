/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What starting a pCPU needs to have ready for it.
 */
#ifndef ASM_PERCPU_MEMORY_H
#define ASM_PERCPU_MEMORY_H

#include <xen/compiler.h>
#include <asm/current.h>
#include <asm/desc.h>

struct pcpu_memory {
    struct pcpu *pcpu;
    struct pcpu_tables *tables;
};

/*
 * Makes the block, tables, stacks and variables of pCPU cpu, for good. 0 or
 * -ENOMEM (boot cannot go on then; nothing is given back). Boot only.
 */
int pcpu_alloc(unsigned int cpu, unsigned int apic_id,
               struct pcpu_memory *memory) __must_check;

#endif
