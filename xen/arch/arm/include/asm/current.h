/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The running pCPU's own block, in TPIDR_EL2: who it is, its stack, the vCPU
 * that it serves, and its progress counters. Written by its pCPU alone once
 * that is online; others may read the fields marked so.
 */
#ifndef ASM_CURRENT_H
#define ASM_CURRENT_H

#include <xen/types.h>

struct vcpu;

struct pcpu {
    struct vcpu *vcpu; /* whose vCPU runs here for good; entry.S */
    unsigned int id;
    uint64_t mpidr;          /* MPIDR_EL1's affinity fields */
    unsigned long stack_top; /* initial stack pointer */
    uintptr_t redistributor; /* its frames, mapped */
    bool in_exit;            /* between a guest exit and the next entry; read
                                by others: see livepatch/quiesce.c */
    bool stopped;            /* read by others: halted for a panic */
    bool is_asleep;          /* read by others: see livepatch/quiesce.c */
    uint64_t host_sequence;  /* read by others: see rcu.c */
};

/* How reports call a pCPU beside its number. */
#define PCPU_HARDWARE_FORMAT "affinity %lx"
#define PCPU_HARDWARE_ID(pcpu) ((pcpu)->mpidr)

/* Volatile: never moved to before the register is set. */
static inline struct pcpu *this_pcpu(void)
{
    struct pcpu *self;

    __asm__ __volatile__("mrs %0, tpidr_el2" : "=r"(self));
    return self;
}

static inline unsigned int smp_processor_id(void)
{
    return this_pcpu()->id;
}

#endif
