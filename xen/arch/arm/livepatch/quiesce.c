/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Bringing pCPUs to a stop by the kick, a group 0 interrupt. A pCPU in the
 * guest leaves it at once; one in the host has it held off and finds it pending
 * when it next enters the guest or sleeps. So a kick is never lost, wherever it
 * arrives; and a pCPU that waits sleeps instead of spinning.
 */
#include <xen/livepatch_arch.h>
#include <xen/sched.h>
#include <xen/smp.h>
#include <asm/smp.h>
#include <asm/system.h>
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
    struct pcpu *self = this_pcpu();

    ACCESS_ONCE(self->is_asleep) = true;
    sleep_until_kick();
    ACCESS_ONCE(self->is_asleep) = false;
}

void arch_livepatch_locate(unsigned int cpu, struct livepatch_ext_late *late)
{
    const struct pcpu *other = pcpu_of(cpu);
    const struct vcpu *v = other->vcpu;
    const bool in_exit = ACCESS_ONCE(other->in_exit);
    const bool is_asleep = ACCESS_ONCE(other->is_asleep);
    const bool is_running = ACCESS_ONCE(v->is_running);

    *late = (struct livepatch_ext_late){
        .cpu = cpu,
        .where = LIVEPATCH_EXT_IN_HYPERVISOR,
        .domain = dom0->domain_id,
        .vcpu = is_running ? v->id : UINT32_MAX,
    };
    if (is_asleep || !is_running) {
        late->address = (unsigned long)sleep_until_kick;
    } else if (in_exit) {
        late->address = exit_server(v);
    } else {
        late->where = LIVEPATCH_EXT_IN_GUEST;
    }
}

/* Arm ARM, B2.4.4: a context synchronisation event. */
void arch_livepatch_sync(void)
{
    isb();
}
