/* SPDX-License-Identifier: GPL-2.0 */
/*
 * CPUID for dom0: the hardware's answers, less what dom0 cannot have, with the
 * bits that mirror its own CR4, and the leaves that say "Xen"
 * (public/arch-x86/cpuid.h). What a hidden feature's MSRs do is in msr.c: the
 * two agree.
 */
#include <xen/lib.h>
#include <public/arch-x86/cpuid.h>
#include <asm/guest_cpuid.h>

#define LEAF1_ECX_OSXSAVE (1u << 27)
#define LEAF7_ECX_OSPKE (1u << 4)

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

#define BIT(n) (1u << (n))
#define ALL (~0u)
#define ANY_SUBLEAF (~0u)

/*
 * Bits of a leaf that dom0 does not see (clear), or sees set (set), in the
 * order EAX, EBX, ECX, EDX.
 */
static const struct {
    uint32_t leaf, subleaf;
    uint32_t clear[4], set[4];
} changes[] = {
    /* MONITOR, which may not wake for an NMI on every processor; VMX, SMX;
     * x2APIC, whose registers are MSRs. A hypervisor is present. */
    {1,
     ANY_SUBLEAF,
     {0, 0, BIT(3) | BIT(5) | BIT(6) | BIT(21), 0},
     {0, 0, BIT(31), 0}},
    {5, ANY_SUBLEAF, {ALL, ALL, ALL, ALL}, {0}}, /* MONITOR's */
    /* TSC_ADJUST: the counter is the hypervisor's clock. Shadow stacks and
     * branch tracking: their state is not reset by an INIT here. LA57: walks
     * of four levels. Bus lock traps: the host's register. */
    {7, 0, {0, BIT(1), BIT(7) | BIT(16) | BIT(24), BIT(20)}, {0}},
    /* FRED, LKGS, NMI sources: events are injected as of old. LAM: pointers
     * that are not canonical. */
    {7, 1, {BIT(17) | BIT(18) | BIT(20) | BIT(26), 0, 0, BIT(18)}, {0}},
    {0xa, ANY_SUBLEAF, {ALL, ALL, ALL, ALL}, {0}}, /* counters, see below */
    /* State of shadow stacks; of lightweight profiling. */
    {0xd, 0, {0, 0, 0, BIT(30)}, {0}},
    {0xd, 1, {0, 0, BIT(11) | BIT(12), 0}, {0}},
    {0xd, 11, {ALL, ALL, ALL, ALL}, {0}},
    {0xd, 12, {ALL, ALL, ALL, ALL}, {0}},
    {0xd, 62, {ALL, ALL, ALL, ALL}, {0}},
    /* SVM, SKINIT: no hypervisor below this one. Sampling, counters (core,
     * northbridge, time stamp, cache): their interrupts are NMIs, which are the
     * hypervisor's. Lightweight profiling: its state is not switched.
     * MONITORX, as MONITOR. */
    {0x80000001,
     ANY_SUBLEAF,
     {0, 0,
      BIT(2) | BIT(10) | BIT(12) | BIT(15) | BIT(23) | BIT(24) | BIT(27) |
          BIT(28) | BIT(29),
      0},
     {0}},
    /* INVLPGB is undefined in a guest that was not given it; MCOMMIT and
     * WBINVD that can be interrupted are bits of EFER that are not passed, and
     * LMSLE is one that is said to be missing. */
    {0x80000008,
     ANY_SUBLEAF,
     {0, BIT(3) | BIT(8) | BIT(13) | BIT(21), 0, 0},
     {0, BIT(20), 0, 0}},
    {0x8000000a, ANY_SUBLEAF, {ALL, ALL, ALL, ALL}, {0}}, /* SVM's */
    {0x8000001b, ANY_SUBLEAF, {ALL, ALL, ALL, ALL}, {0}}, /* sampling */
    {0x8000001c, ANY_SUBLEAF, {ALL, ALL, ALL, ALL}, {0}}, /* profiling */
    /* Encrypted memory: an address bit that nested page tables do not have. */
    {0x8000001f, ANY_SUBLEAF, {ALL, ALL, ALL, ALL}, {0}},
    {0x80000023, ANY_SUBLEAF, {ALL, ALL, ALL, ALL}, {0}},
    /* Upper address bits ignored: pointers that are not canonical. A larger
     * return stack: wants the VMCB's leave. No SMM_CTL register. */
    {0x80000021, ANY_SUBLEAF, {BIT(7) | BIT(24), 0, 0, 0}, {BIT(9), 0, 0, 0}},
    {0x80000022, ANY_SUBLEAF, {ALL, ALL, ALL, ALL}, {0}}, /* counters */
};

static uint32_t mirror(uint32_t value, uint32_t bit, bool set)
{
    return set ? value | bit : value & ~bit;
}

/* What dom0 may see of the hardware's answer. */
static struct cpuid_regs hide(const struct cpuid_question *q,
                              struct cpuid_regs r)
{
    for (unsigned int i = 0; i < ARRAY_SIZE(changes); i++) {
        const uint32_t *clear = changes[i].clear;
        const uint32_t *set = changes[i].set;

        if (changes[i].leaf == q->leaf && (changes[i].subleaf == ANY_SUBLEAF ||
                                           changes[i].subleaf == q->subleaf)) {
            r.eax = (r.eax & ~clear[0]) | set[0];
            r.ebx = (r.ebx & ~clear[1]) | set[1];
            r.ecx = (r.ecx & ~clear[2]) | set[2];
            r.edx = (r.edx & ~clear[3]) | set[3];
        }
    }
    return r;
}

struct cpuid_regs guest_cpuid(const struct cpuid_question *question,
                              struct cpuid_regs raw)
{
    const uint64_t cr4 = question->guest_cr4;
    struct cpuid_regs r;

    if (is_hypervisor_leaf(question->leaf)) {
        return hypervisor_leaf(question);
    }
    r = hide(question, raw);
    if (question->leaf == 1) {
        r.ecx = mirror(r.ecx, LEAF1_ECX_OSXSAVE, cr4 & CR4_OSXSAVE);
    } else if (question->leaf == 7 && question->subleaf == 0) {
        r.ecx = mirror(r.ecx, LEAF7_ECX_OSPKE, cr4 & CR4_PKE);
    }
    return r;
}
