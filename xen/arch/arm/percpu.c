/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A pCPU's block, and what each sets up of itself. Starting pCPUs is smp.c's.
 */
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/paging.h>
#include <xen/smp.h>
#include <xen/xmalloc.h>
#include <asm/gic.h>
#include <asm/smp.h>
#include <asm/system.h>
#include <asm/trap_frame.h>

#define MPIDR_AFFINITY 0xff00ffffffUL

static struct pcpu boot_pcpu;

static void fill_pcpu(struct pcpu *pcpu, unsigned int cpu, uint64_t mpidr)
{
    pcpu->id = cpu;
    pcpu->mpidr = mpidr;
    pcpu->stack_top = pcpu_stack_block(cpu) + PCPU_STACK_BYTES;
    pcpu->host_sequence = 1;
    pcpu_table[cpu] = pcpu;
}

void __init pcpu_init_boot(void)
{
    write_sysreg(vbar_el2, (uintptr_t)vectors);
    isb();
    fill_pcpu(&boot_pcpu, 0, read_sysreg(mpidr_el1) & MPIDR_AFFINITY);
    write_sysreg(tpidr_el2, (uintptr_t)&boot_pcpu);
    cpumask_set_cpu(0, &cpu_online_map);
}

/* entry.S tells by bits where a stack pointer is. */
_Static_assert(STACKS_VIRT_START >> 42 & 1, "STACKS_BIT");
_Static_assert(PCPU_STACK_BYTES == 2 << 14, "MAIN_STACK_BIT");
_Static_assert(PCPU_STACK_MAIN_PAGE *PAGE_SIZE == 1 << 14, "MAIN_STACK_BIT");

static int __init map_stacks(unsigned int cpu)
{
    const int rc = pcpu_map_stack_page(cpu, PCPU_STACK_FAULT_PAGE);

    return rc ? rc : pcpu_map_main_stack(cpu);
}

void __init pcpu_map_boot_stack(void)
{
    if (map_stacks(0)) {
        panic("no memory for the stack of pCPU 0\n");
    }
}

int __init pcpu_alloc(unsigned int cpu, uint64_t mpidr, struct pcpu **pcpu)
{
    int rc = map_stacks(cpu);

    if (rc == 0) {
        rc = pcpu_alloc_variables(cpu);
    }
    if (rc) {
        return rc;
    }
    *pcpu = xzalloc(struct pcpu);
    if (*pcpu == NULL) {
        return -ENOMEM;
    }
    fill_pcpu(*pcpu, cpu, mpidr);
    return 0;
}

void pcpu_init_here(void)
{
    write_sysreg(vbar_el2, (uintptr_t)vectors);
    isb();
    gic_init_pcpu();
}
