/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Bringing pCPUs to a stop by NMI. A pCPU in the guest leaves it at once; one
 * in the host has NMIs held off and finds the kick pending when it next enters
 * the guest or sleeps. So a kick is never lost, wherever it arrives; and a
 * pCPU that waits sleeps instead of spinning, which on a machine with more
 * pCPUs than cores is what lets the others run.
 */
#include <xen/livepatch_arch.h>
#include <asm/cpu.h>
#include <asm/smp.h>
#include <asm/tlb.h>
#include <asm/trap_frame.h>

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

/* CPUID serialises (AMD APM vol. 2, 7.6.1). */
void arch_livepatch_sync(void)
{
    tlb_catch_up();
    (void)cpuid(0, 0);
}
