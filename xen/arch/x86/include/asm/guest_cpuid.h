/* SPDX-License-Identifier: GPL-2.0 */
/*
 * CPUID as dom0 sees it. Pure: from the hardware's answer to the guest's.
 */
#ifndef ASM_GUEST_CPUID_H
#define ASM_GUEST_CPUID_H

#include <asm/cpu.h>

#define CPUID_HYPERVISOR_BASE 0x40000000u
/* All that processors leave to hypervisors: another one below does not show. */
#define CPUID_HYPERVISOR_END 0x50000000u

struct cpuid_question {
    uint32_t leaf, subleaf;
    uint64_t guest_cr4;
    unsigned int vcpu_id;
    unsigned int version; /* major << 16 | minor */
};

static inline bool is_hypervisor_leaf(uint32_t leaf)
{
    return leaf >= CPUID_HYPERVISOR_BASE && leaf < CPUID_HYPERVISOR_END;
}

/* raw: what the hardware says for that leaf; not used for hypervisor ones. */
struct cpuid_regs guest_cpuid(const struct cpuid_question *question,
                              struct cpuid_regs raw);

#endif
