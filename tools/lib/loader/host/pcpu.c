// SPDX-License-Identifier: GPL-2.0
/*
 * One pCPU, which is always at a safe point, and its clock.
 */
#include <sched.h>
#include <time.h>

#include <xen/livepatch_arch.h>
#include <xen/rcupdate.h>
#include <xen/smp.h>
#include <xen/time.h>
#include <asm/system.h>

cpumask_t cpu_online_map = {{1}};

unsigned int smp_processor_id(void)
{
    return 0;
}

s_time_t get_s_time(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return SECONDS(now.tv_sec) + now.tv_nsec;
}

void host_relax(void)
{
    sched_yield();
}

void rcu_barrier(void)
{
}

void arch_livepatch_kick(const cpumask_t *cpus)
{
    (void)cpus;
}

void arch_livepatch_release(const cpumask_t *cpus)
{
    (void)cpus;
}

void arch_livepatch_wait(void)
{
}

void arch_livepatch_locate(unsigned int cpu, struct livepatch_ext_late *late)
{
    *late = (struct livepatch_ext_late){.cpu = cpu};
}

/* Nobody fetches what was changed. */
void arch_livepatch_sync(void)
{
}
