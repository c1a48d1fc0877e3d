/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Starting the secondary pCPUs, one after the other, each until it has
 * reported; and waking pCPUs by the kick. A started pCPU waits until dom0
 * starts its vCPU (vcpu.c).
 */
#include <xen/cpu.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/paging.h>
#include <xen/smp.h>
#include <xen/time.h>
#include <asm/gic.h>
#include <asm/guest_state.h>
#include <asm/psci.h>
#include <asm/smp.h>
#include <asm/start.h>
#include <asm/system.h>
#include <asm/vcpu.h>

#define REPORT_BOUND SECONDS(60)

cpumask_t cpu_online_map;

/* Read by head.S, of the one pCPU that is starting. */
unsigned long ap_stack_top;

static void __init start_one(unsigned int cpu, uint64_t mpidr)
{
    const s_time_t give_up = NOW() + REPORT_BOUND;
    struct pcpu *pcpu;
    long rc;

    if (pcpu_alloc(cpu, mpidr, &pcpu) || vcpu_create(cpu, mpidr)) {
        panic("no memory for pCPU %u\n", cpu);
    }
    pcpu->vcpu = vcpu_of(cpu);
    ap_stack_top = pcpu->stack_top;
    /* Nobody relies on the map before dom0 runs. */
    BUG_ON(!cpu_hotplug_begin());
    dsb(ish);
    rc = psci_cpu_on(mpidr, image_paddr(ap_start), (uintptr_t)pcpu);
    if (rc) {
        panic("pCPU %u (affinity %#lx): the firmware does not start it: %ld\n",
              cpu, mpidr, rc);
    }
    while (!cpu_online(cpu)) {
        if (NOW() > give_up) {
            panic("pCPU %u (affinity %#lx) did not report within %d s\n", cpu,
                  mpidr, (int)(REPORT_BOUND / SECONDS(1)));
        }
        cpu_relax();
    }
    cpu_hotplug_done();
}

void __init smp_start_all(const uint64_t *mpidr, unsigned int nr)
{
    unsigned int next = 1;

    for (unsigned int i = 0; i < nr; i++) {
        if (mpidr[i] != this_pcpu()->mpidr) {
            start_one(next++, mpidr[i]);
        }
    }
    boot_tables_drop_low();
    printk(XENLOG_INFO "%u pCPUs online\n", num_online_cpus());
}

void noreturn ap_main(void)
{
    pcpu_init_here();
    guest_state_init_pcpu();
    /* Release, in cpumask_set_cpu(): pairs with cpu_online()'s acquire. */
    cpumask_set_cpu(smp_processor_id(), &cpu_online_map);
    vcpu_run(this_pcpu()->vcpu);
}

void smp_kick(const cpumask_t *cpus)
{
    gic_send_kick(cpus);
}

/* A pending FIQ ends WFI though it is masked (Arm ARM, D1.6.2). */
void sleep_until_kick(void)
{
    dsb(sy);
    __asm__ __volatile__("wfi" : : : "memory");
    (void)gic_take_kick();
}
