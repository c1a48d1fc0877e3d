/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What memory every pCPU has: its stack, with an unmapped guard below, and its
 * copy of the per-pCPU variables. What else there is in its block is the
 * arch's.
 */
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <xen/pcpu.h>
#include <xen/percpu.h>
#include <xen/string.h>
#include <asm/layout.h>

#define STACK_PAGES (PCPU_STACK_BYTES / PAGE_SIZE)

extern char __per_cpu_start[], __per_cpu_end[];

unsigned long __per_cpu_offset[NR_CPUS];
struct pcpu *pcpu_table[NR_CPUS];

unsigned long pcpu_stack_block(unsigned int cpu)
{
    return STACKS_VIRT_START + (unsigned long)cpu * PCPU_STACK_BYTES;
}

int __init pcpu_map_stack_page(unsigned int cpu, unsigned int page)
{
    void *memory = alloc_xenheap_pages(1);

    if (memory == NULL) {
        return -ENOMEM;
    }
    return map_pages_to_xen(pcpu_stack_block(cpu) + page * PAGE_SIZE,
                            PFN_DOWN(virt_to_maddr(memory)), 1,
                            PAGE_HYPERVISOR_RW);
}

int __init pcpu_map_main_stack(unsigned int cpu)
{
    int rc = 0;

    for (unsigned int i = PCPU_STACK_MAIN_PAGE; rc == 0 && i < STACK_PAGES;
         i++) {
        rc = pcpu_map_stack_page(cpu, i);
    }
    return rc;
}

int __init pcpu_alloc_variables(unsigned int cpu)
{
    const unsigned long bytes = __per_cpu_end - __per_cpu_start;
    const unsigned int nr = DIV_ROUND_UP(bytes, PAGE_SIZE);
    void *copy = nr ? alloc_xenheap_pages(nr) : __per_cpu_start;

    if (copy == NULL) {
        return -ENOMEM;
    }
    memset(copy, 0, bytes);
    __per_cpu_offset[cpu] =
        (unsigned long)copy - (unsigned long)__per_cpu_start;
    return 0;
}
