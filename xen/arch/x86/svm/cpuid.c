/* SPDX-License-Identifier: GPL-2.0 */
/*
 * CPUID for dom0: the hardware's answers, less what dom0 cannot have (SVM,
 * x2APIC, MONITOR, five-level paging), with the bits that mirror its own CR4,
 * and the leaves that say "Xen" (public/arch-x86/cpuid.h).
 */
#include <public/arch-x86/cpuid.h>
#include <asm/guest_cpuid.h>

#define LEAF1_ECX_MONITOR (1u << 3)
#define LEAF1_ECX_X2APIC (1u << 21)
#define LEAF1_ECX_OSXSAVE (1u << 27)
#define LEAF1_ECX_HYPERVISOR (1u << 31)
#define LEAF7_ECX_OSPKE (1u << 4)
#define LEAF7_ECX_LA57 (1u << 16)
#define EXTENDED_ECX_SVM (1u << 2)
#define EXTENDED_ECX_SKINIT (1u << 12)

#define CR4_OSXSAVE (1UL << 18)
#define CR4_PKE (1UL << 22)

#define LAST_HYPERVISOR_LEAF (CPUID_HYPERVISOR_BASE + 4)
#define HYPERCALL_PAGE_MSR 0x40000000

static struct cpuid_regs hypervisor_leaf(const struct cpuid_question *q)
{
    switch (q->leaf - CPUID_HYPERVISOR_BASE) {
    case 0:
        return (struct cpuid_regs){
            LAST_HYPERVISOR_LEAF, XEN_CPUID_SIGNATURE_EBX,
            XEN_CPUID_SIGNATURE_ECX, XEN_CPUID_SIGNATURE_EDX};
    case 1:
        return (struct cpuid_regs){.eax = q->version};
    case 2: /* one hypercall page, made by writing this MSR */
        return (struct cpuid_regs){.eax = 1, .ebx = HYPERCALL_PAGE_MSR};
    case 4:
        return (struct cpuid_regs){.eax = XEN_HVM_CPUID_VCPU_ID_PRESENT |
                                          XEN_HVM_CPUID_DOMID_PRESENT,
                                   .ebx = q->vcpu_id};
    default:
        return (struct cpuid_regs){0, 0, 0, 0};
    }
}

static uint32_t mirror(uint32_t value, uint32_t bit, bool set)
{
    return set ? value | bit : value & ~bit;
}

static struct cpuid_regs feature_leaf(uint64_t cr4, struct cpuid_regs r)
{
    r.ecx &= ~(LEAF1_ECX_MONITOR | LEAF1_ECX_X2APIC);
    r.ecx |= LEAF1_ECX_HYPERVISOR;
    r.ecx = mirror(r.ecx, LEAF1_ECX_OSXSAVE, cr4 & CR4_OSXSAVE);
    return r;
}

static struct cpuid_regs structured_leaf(uint64_t cr4, struct cpuid_regs r)
{
    r.ecx &= ~LEAF7_ECX_LA57;
    r.ecx = mirror(r.ecx, LEAF7_ECX_OSPKE, cr4 & CR4_PKE);
    return r;
}

struct cpuid_regs guest_cpuid(const struct cpuid_question *question,
                              struct cpuid_regs raw)
{
    if (is_hypervisor_leaf(question->leaf)) {
        return hypervisor_leaf(question);
    }
    switch (question->leaf) {
    case 1:
        return feature_leaf(question->guest_cr4, raw);
    case 7:
        return question->subleaf == 0
                   ? structured_leaf(question->guest_cr4, raw)
                   : raw;
    case 0x80000001:
        raw.ecx &= ~(EXTENDED_ECX_SVM | EXTENDED_ECX_SKINIT);
        return raw;
    case 0x8000000a:
        return (struct cpuid_regs){0, 0, 0, 0};
    default:
        return raw;
    }
}
