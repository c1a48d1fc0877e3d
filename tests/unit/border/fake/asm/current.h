/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The pCPU that a user-mode test pretends to be, with the vCPU that it serves.
 */
#ifndef ASM_CURRENT_H
#define ASM_CURRENT_H

#include <xen/types.h>

struct vcpu;

struct pcpu {
    unsigned int id;
    struct vcpu *vcpu;
};

extern struct pcpu fake_pcpu;

static inline struct pcpu *this_pcpu(void)
{
    return &fake_pcpu;
}

static inline unsigned int smp_processor_id(void)
{
    return fake_pcpu.id;
}

#endif
