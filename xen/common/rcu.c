/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who may still hold a reference: each pCPU's sequence number is odd while it
 * runs host code and moves on at every point where it holds none. Gives
 * rcu_barrier() and the pCPU's way in and out of the host.
 */
#include <xen/host_state.h>
#include <xen/livepatch.h>
#include <xen/rcupdate.h>
#include <xen/smp.h>
#include <asm/smp.h>
#include <asm/system.h>
#include <asm/tlb.h>

static void advance_sequence(uint64_t by)
{
    struct pcpu *self = this_pcpu();

    /* Full barrier: references taken before are dropped before the number
     * moves, and what is read after is read after it moved; pairs with the
     * one in rcu_barrier(). */
    __atomic_fetch_add(&self->host_sequence, by, __ATOMIC_SEQ_CST);
}

void host_enter(void)
{
    advance_sequence(1);
    tlb_busy();
}

void host_leave(void)
{
    tlb_quiet();
    advance_sequence(1);
}

void host_safe_point(void)
{
    check_for_livepatch_work();
    tlb_catch_up();
    advance_sequence(2);
}

static bool is_in_host(uint64_t sequence)
{
    return sequence % 2 == 1;
}

static uint64_t sequence_of(unsigned int cpu)
{
    return __atomic_load_n(&pcpu_of(cpu)->host_sequence, __ATOMIC_ACQUIRE);
}

static void wait_until_passed(unsigned int cpu)
{
    uint64_t before = sequence_of(cpu);

    while (is_in_host(before) && sequence_of(cpu) == before) {
        tlb_catch_up(); /* the other may be waiting for our TLB */
        cpu_relax();
    }
}

void rcu_barrier(void)
{
    unsigned int self = smp_processor_id();
    unsigned int cpu;

    /* Orders the caller's unlinking against the reads of the sequence
     * numbers; pairs with advance_sequence(). */
    smp_mb();
    for_each_online_cpu (cpu) {
        if (cpu != self) {
            wait_until_passed(cpu);
        }
    }
}
