/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The running pCPU's own block, at its GS base: who it is, its stack, the vCPU
 * that it serves, and its progress counters. Written by its pCPU alone once
 * that is online; others may read the fields marked so.
 */
#ifndef ASM_CURRENT_H
#define ASM_CURRENT_H

#include <xen/types.h>

struct vcpu;

struct pcpu {
    struct pcpu *self;
    unsigned int id;
    unsigned int apic_id;
    unsigned long stack_top; /* initial stack pointer */
    unsigned long mc_stack;  /* likewise, of machine checks */
    unsigned long df_stack;  /* likewise, of double faults */
    struct vcpu *vcpu;       /* whose vCPU runs here for good */
    bool in_exit;            /* between a guest exit and the next entry; read
                                by others: see livepatch/quiesce.c */
    bool stopped;            /* read by others: halted for a panic */
    bool tlb_quiet;          /* read by others: see tlb.c */
    uint64_t tlb_seen;       /* read by others: see tlb.c */
    uint64_t host_sequence;  /* read by others: see rcu.c */
};

/* How reports call a pCPU beside its number. */
#define PCPU_HARDWARE_FORMAT "APIC id %u"
#define PCPU_HARDWARE_ID(pcpu) ((pcpu)->apic_id)

/* Volatile, here and below: never moved to before the GS base is set. */
static inline struct pcpu *this_pcpu(void)
{
    struct pcpu *self;

    __asm__ __volatile__("mov %%gs:%c1, %0"
                         : "=r"(self)
                         : "i"(offsetof(struct pcpu, self)));
    return self;
}

static inline unsigned int smp_processor_id(void)
{
    unsigned int id;

    __asm__ __volatile__("mov %%gs:%c1, %0"
                         : "=r"(id)
                         : "i"(offsetof(struct pcpu, id)));
    return id;
}

#endif
