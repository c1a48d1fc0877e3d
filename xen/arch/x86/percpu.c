/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory of a pCPU that is x86's: its block, its descriptor tables, its
 * stacks of double faults and machine checks. Starting pCPUs is smp.c's.
 */
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <xen/smp.h>
#include <xen/xmalloc.h>
#include <asm/percpu_memory.h>
#include <asm/cpu.h>
#include <asm/layout.h>
#include <asm/smp.h>

#define STACK_PAGES (PCPU_STACK_BYTES / PAGE_SIZE)
/* A call pushes its return address onto a stack aligned to 16 bytes. */
#define FIRST_FRAME 16

static struct pcpu boot_pcpu;
static struct pcpu_tables boot_tables;

static unsigned long stack_end(unsigned int cpu, unsigned int last_page)
{
    return pcpu_stack_block(cpu) + (last_page + 1) * PAGE_SIZE - FIRST_FRAME;
}

static void fill_pcpu(struct pcpu *pcpu, unsigned int cpu, unsigned int apic_id)
{
    pcpu->self = pcpu;
    pcpu->id = cpu;
    pcpu->apic_id = apic_id;
    pcpu->stack_top = stack_end(cpu, STACK_PAGES - 1);
    pcpu->df_stack = stack_end(cpu, PCPU_STACK_DF_PAGE);
    pcpu->mc_stack = stack_end(cpu, PCPU_STACK_MC_PAGE);
    pcpu->host_sequence = 1;
    pcpu_table[cpu] = pcpu;
}

static int __init map_stacks(unsigned int cpu)
{
    int rc = pcpu_map_stack_page(cpu, PCPU_STACK_DF_PAGE);

    if (rc == 0) {
        rc = pcpu_map_stack_page(cpu, PCPU_STACK_MC_PAGE);
    }
    return rc ? rc : pcpu_map_main_stack(cpu);
}

void __init pcpu_init_boot(void)
{
    unsigned int apic_id = cpuid(1, 0).ebx >> 24;

    fill_pcpu(&boot_pcpu, 0, apic_id);
    idt_build();
    desc_load(&boot_tables, &boot_pcpu);
    cpumask_set_cpu(0, &cpu_online_map);
}

void __init pcpu_map_boot_stacks(void)
{
    if (map_stacks(0)) {
        panic("no memory for the stacks of pCPU 0\n");
    }
}

int __init pcpu_alloc(unsigned int cpu, unsigned int apic_id,
                      struct pcpu_memory *memory)
{
    int rc = map_stacks(cpu);

    if (rc == 0) {
        rc = pcpu_alloc_variables(cpu);
    }
    if (rc) {
        return rc;
    }
    memory->pcpu = xzalloc(struct pcpu);
    memory->tables = xzalloc(struct pcpu_tables);
    if (memory->pcpu == NULL || memory->tables == NULL) {
        return -ENOMEM;
    }
    fill_pcpu(memory->pcpu, cpu, apic_id);
    return 0;
}
