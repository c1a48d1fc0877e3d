/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Bringing pCPUs to a stop by NMI. A pCPU in the guest leaves it at once; one
 * in the host has NMIs held off and finds the kick pending when it next enters
 * the guest or sleeps. So a kick is never lost, wherever it arrives; and a
 * pCPU that waits sleeps instead of spinning, which on a machine with more
 * pCPUs than cores is what lets the others run. So an NMI cannot tell what a
 * pCPU in the host is doing; what its vCPU left the guest for can.
 */
#include <xen/livepatch_arch.h>
#include <xen/sched.h>
#include <asm/cpu.h>
#include <asm/smp.h>
#include <asm/tlb.h>
#include <asm/trap_frame.h>
#include <asm/vcpu.h>

void arch_livepatch_kick(const cpumask_t *cpus)
{
    smp_kick(cpus);
}

void arch_livepatch_release(const cpumask_t *cpus)
{
    smp_kick(cpus);
}

void arch_livepatch_wait(void)
{
    tlb_quiet();
    sleep_until_nmi();
    tlb_busy();
}

/* Quiet: in the guest or asleep, and nowhere else (tlb.c). */
void arch_livepatch_locate(unsigned int cpu, struct livepatch_ext_late *late)
{
    const struct pcpu *other = pcpu_of(cpu);
    const struct vcpu *v = other->vcpu;
    const bool in_exit = ACCESS_ONCE(other->in_exit);
    const bool is_quiet = ACCESS_ONCE(other->tlb_quiet);
    const bool is_running = ACCESS_ONCE(v->is_running);

    *late = (struct livepatch_ext_late){
        .cpu = cpu,
        .where = LIVEPATCH_EXT_IN_HYPERVISOR,
        .domain = dom0->domain_id,
        .vcpu = is_running ? v->id : UINT32_MAX,
    };
    if (is_quiet && is_running && !in_exit) {
        late->where = LIVEPATCH_EXT_IN_GUEST;
    } else if (is_quiet) {
        late->address = (unsigned long)sleep_until_nmi;
    } else if (in_exit) {
        late->address = svm_exit_server(v);
    } else {
        late->address = (unsigned long)vcpu_run;
    }
}

/* CPUID serialises (AMD APM vol. 2, 7.6.1). */
void arch_livepatch_sync(void)
{
    tlb_catch_up();
    (void)cpuid(0, 0);
}
