/* SPDX-License-Identifier: GPL-2.0 */
/*
 * TLB shootdown without interrupts: a generation counts the flushes that were
 * asked for, and each pCPU compares it with the last one it honoured, on its
 * way into the host and whenever it waits. Takes nothing from the callers but
 * that their page-table change came before; what is unmapped is no matter
 * here, every flush is of everything.
 */
#include <xen/smp.h>
#include <asm/cpu.h>
#include <asm/smp.h>
#include <asm/system.h>
#include <asm/tlb.h>

static uint64_t tlb_generation;

void tlb_catch_up(void)
{
    struct pcpu *self = this_pcpu();
    /* Acquire: pairs with the increment in flush_tlb_all(): the page tables
     * that are walked after the flush below are at least that new. */
    uint64_t wanted = __atomic_load_n(&tlb_generation, __ATOMIC_ACQUIRE);

    if (self->tlb_seen != wanted) {
        write_cr3(read_cr3());
        /* Release: the flush is done before anyone sees that it is. */
        __atomic_store_n(&self->tlb_seen, wanted, __ATOMIC_RELEASE);
    }
}

void tlb_quiet(void)
{
    /* Release: our last use of a translation comes before. */
    __atomic_store_n(&this_pcpu()->tlb_quiet, true, __ATOMIC_RELEASE);
}

void tlb_busy(void)
{
    __atomic_store_n(&this_pcpu()->tlb_quiet, false, __ATOMIC_RELAXED);
    /* Orders the store above against the load of the generation below; pairs
     * with the full barrier of the increment in flush_tlb_all(): either that
     * one sees us busy and waits, or we see its generation. */
    smp_mb();
    tlb_catch_up();
}

static bool has_caught_up(const struct pcpu *other, uint64_t wanted)
{
    return __atomic_load_n(&other->tlb_quiet, __ATOMIC_ACQUIRE) ||
           __atomic_load_n(&other->tlb_seen, __ATOMIC_ACQUIRE) >= wanted;
}

void flush_tlb_all(void)
{
    uint64_t wanted = __atomic_add_fetch(&tlb_generation, 1, __ATOMIC_SEQ_CST);
    unsigned int self = smp_processor_id();
    unsigned int cpu;

    tlb_catch_up();
    for_each_online_cpu (cpu) {
        while (cpu != self && !has_caught_up(pcpu_of(cpu), wanted)) {
            tlb_catch_up(); /* the other may be waiting for us */
            cpu_relax();
        }
    }
}
