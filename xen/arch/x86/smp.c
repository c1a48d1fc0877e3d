/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Starting the secondary pCPUs, one after the other, each until it has
 * reported; and waking pCPUs by NMI. A started pCPU parks until dom0 starts its
 * vCPU (vcpu.c). Nothing here depends on how long a pCPU takes, up to a bound
 * far above what a loaded machine needs.
 */
#include <xen/cpu.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/memory.h>
#include <xen/mm.h>
#include <xen/paging.h>
#include <xen/smp.h>
#include <xen/string.h>
#include <xen/time.h>
#include <asm/acpi.h>
#include <asm/apic.h>
#include <asm/cpu.h>
#include <asm/percpu_memory.h>
#include <asm/smp.h>
#include <asm/svm.h>
#include <asm/system.h>
#include <asm/vcpu.h>

#define REPORT_BOUND SECONDS(60)
#define SIPI_INTERVAL MILLISECS(200)
/* Between INIT and the first start-up IPI; real pCPUs need microseconds. */
#define INIT_SETTLE MICROSECS(200)

extern char ap_start[], ap_start_end[];

cpumask_t cpu_online_map;

/* Read by ap_start.S and ap_main(), of the one pCPU that is starting. */
unsigned long ap_stack_top;
static struct pcpu_memory starting;

/* Maps the page that pCPUs start in, executable and not writable. */
static void __init map_ap_start(uint64_t *low_table)
{
    if (!memmap_is_ram(&dom0_memmap, AP_START_PADDR,
                       AP_START_PADDR + PAGE_SIZE)) {
        panic("no RAM at %#x to start pCPUs in\n", AP_START_PADDR);
    }
    memcpy(maddr_to_virt(AP_START_PADDR), ap_start, ap_start_end - ap_start);
    low_table[table_index(AP_START_PADDR, 1)] =
        make_entry(AP_START_PADDR, PAGE_HYPERVISOR_RX);
    low_l2[0] = make_entry(virt_to_maddr(low_table), TABLE_FLAGS);
    memcpy(&low_pml4[PT_ENTRIES / 2], &idle_pml4[PT_ENTRIES / 2],
           PAGE_SIZE / 2);
}

static void wait_ns(s_time_t ns)
{
    s_time_t until = NOW() + ns;

    while (NOW() < until) {
        cpu_relax();
    }
}

/* A pCPU that is up already ignores further start-up IPIs. */
static bool __init start_one(unsigned int cpu, unsigned int apic_id)
{
    s_time_t give_up = NOW() + REPORT_BOUND;

    apic_send_init(apic_id);
    wait_ns(INIT_SETTLE);
    while (NOW() < give_up) {
        s_time_t again = NOW() + SIPI_INTERVAL;

        apic_send_startup(apic_id, AP_START_PADDR);
        while (NOW() < again) {
            if (cpu_online(cpu)) {
                return true;
            }
            cpu_relax();
        }
    }
    return false;
}

static void __init add_pcpu(unsigned int cpu, unsigned int apic_id)
{
    if (pcpu_alloc(cpu, apic_id, &starting) || vcpu_create(cpu, apic_id)) {
        panic("no memory for pCPU %u\n", cpu);
    }
    ap_stack_top = starting.pcpu->stack_top;
    /* Nobody relies on the map before dom0 runs. */
    BUG_ON(!cpu_hotplug_begin());
    if (!start_one(cpu, apic_id)) {
        panic("pCPU %u (APIC id %u) did not report within %d s\n", cpu, apic_id,
              (int)(REPORT_BOUND / SECONDS(1)));
    }
    cpu_hotplug_done();
}

void __init smp_start_all(void)
{
    uint64_t *low_table = alloc_xenheap_pages(1);
    const struct acpi_cpus *cpus = acpi_find_cpus();
    unsigned int next = 1;

    if (low_table == NULL) {
        panic("no memory to start pCPUs\n");
    }
    memset(low_table, 0, PAGE_SIZE);
    map_ap_start(low_table);
    for (unsigned int i = 0; i < cpus->nr; i++) {
        if (cpus->apic_id[i] != this_pcpu()->apic_id) {
            add_pcpu(next++, cpus->apic_id[i]);
        }
    }
    low_l2[0] = 0;
    paging_drop_low_tables();
    memset(maddr_to_virt(AP_START_PADDR), 0, ap_start_end - ap_start);
    free_xenheap_pages(low_table, 1);
    printk(XENLOG_INFO "%u pCPUs online\n", num_online_cpus());
}

void noreturn ap_main(void)
{
    struct pcpu *pcpu = starting.pcpu;

    desc_load(starting.tables, pcpu);
    svm_init_pcpu();
    pcpu->vcpu = vcpu_of(pcpu->id);
    /* Release, in cpumask_set_cpu(): pairs with cpu_online()'s acquire; the
     * boot CPU may overwrite `starting` from here on. */
    cpumask_set_cpu(pcpu->id, &cpu_online_map);
    vcpu_run(pcpu->vcpu);
}

void smp_kick(const cpumask_t *cpus)
{
    /* What the caller wrote is visible before the NMI is sent: the write to
     * the APIC's uncached register may otherwise pass it. */
    smp_mb();
    apic_send_nmi(cpus);
}
