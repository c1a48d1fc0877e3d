/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Intercepted model-specific registers: what belongs to a feature that CPUID
 * hides from dom0 (cpuid.c) is hidden here, EFER lacks its SVM bit, the local
 * APIC stays where and how it is, the hypervisor's clock goes its way, and
 * writing the hypercall register makes the hypercall page. One table says which
 * and how.
 */
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <xen/throttle.h>
#include <asm/apic.h>
#include <asm/cpu.h>
#include <asm/guest_msr.h>
#include <asm/npt.h>

#define MSR_HYPERCALL_PAGE 0x40000000
#define MSR_BYTES 2 /* of RDMSR and of WRMSR */

#define VM_CR_LOCKED_OFF 0x18

/* Encryption of memory, which neither the nested page tables nor the
 * hypervisor's own reckon with (AMD APM vol. 2, 7.10 and 15.36). */
#define SYSCFG_ENCRYPTION 0x07800000UL

/* Of the extended states that XSAVES keeps. */
#define XSS_SHADOW_STACKS 0x1800UL

#define HYPERCALL_STUB_BYTES 32

struct intercepted_msr {
    uint32_t first, last;
    /* false: the guest gets #GP. NULL: likewise. */
    bool (*read)(const struct vcpu *v, uint64_t *value);
    bool (*write)(struct vcpu *v, uint64_t value);
    bool passes_reads; /* not intercepted */
};

/* Not among the public header's: translation cache extension. */
#define FEATURE_TCE (3 * 32 + 17)

/* EFER's bits and the feature that each belongs to. LMA is not written, but
 * shown; a bit that the processor lacks would keep the vCPU from running. */
static const struct {
    uint64_t bit;
    unsigned int feature;
} efer_bits[] = {
    {EFER_SCE, X86_FEATURE_SYSCALL},      {EFER_LME, X86_FEATURE_LM},
    {EFER_LMA, X86_FEATURE_LM},           {EFER_NXE, X86_FEATURE_NX},
    {EFER_FFXSR, X86_FEATURE_FFXSR},      {EFER_TCE, FEATURE_TCE},
    {EFER_AIBRSE, X86_FEATURE_AUTO_IBRS},
};

static uint64_t find_efer_bits(void)
{
    uint64_t bits = 0;

    for (unsigned int i = 0; i < ARRAY_SIZE(efer_bits); i++) {
        bits |= boot_cpu_has(efer_bits[i].feature) ? efer_bits[i].bit : 0;
    }
    return bits;
}

static bool read_efer(const struct vcpu *v, uint64_t *value)
{
    *value = v->vmcb->efer & ~(uint64_t)EFER_SVME;
    return true;
}

/* LMA is the hardware's to change, with CR0.PG; LME may not while paging. */
static bool write_efer(struct vcpu *v, uint64_t value)
{
    struct vmcb *c = v->vmcb;

    if (value & ~find_efer_bits()) {
        return false;
    }
    if ((c->cr0 & CR0_PG) && ((value ^ c->efer) & EFER_LME)) {
        return false;
    }
    c->efer = (value & ~(uint64_t)EFER_LMA) | (c->efer & EFER_LMA) | EFER_SVME;
    return true;
}

static bool read_vm_cr(const struct vcpu *v, uint64_t *value)
{
    (void)v;
    *value = VM_CR_LOCKED_OFF;
    return true;
}

static bool write_apic_base(struct vcpu *v, uint64_t value)
{
    static unsigned long nr_refused;
    unsigned long nr;

    if (value == rdmsr(MSR_APIC_BASE)) {
        return true;
    }
    nr = throttle(&nr_refused);
    if (nr) {
        printk(XENLOG_WARNING
               "dom0 vCPU %u: APIC base %#lx refused (%lu so far)\n",
               v->id, value, nr);
    }
    return false;
}

/* The counter is the hypervisor's clock, so that dom0's own becomes an offset
 * from it. */
static bool write_tsc(struct vcpu *v, uint64_t value)
{
    v->vmcb->tsc_offset = value - rdtsc();
    return true;
}

static bool write_syscfg(struct vcpu *v, uint64_t value)
{
    uint64_t now = 0;

    (void)v;
    return rdmsr_safe(MSR_SYSCFG, &now) == 0 &&
           !((value ^ now) & SYSCFG_ENCRYPTION) &&
           wrmsr_safe(MSR_SYSCFG, value) == 0;
}

/* As CPUID's leaf 0xd says. */
static bool write_xss(struct vcpu *v, uint64_t value)
{
    (void)v;
    return !(value & XSS_SHADOW_STACKS) && wrmsr_safe(MSR_XSS, value) == 0;
}

/* One stub: mov $number, %eax; vmmcall; ret. */
static void write_stub(uint8_t *to, uint32_t number)
{
    static const uint8_t code[] = {0xb8, 0, 0, 0, 0, 0x0f, 0x01, 0xd9, 0xc3};

    for (unsigned int i = 0; i < sizeof(code); i++) {
        to[i] = code[i];
    }
    to[1] = number;
}

static bool write_hypercall_page(struct vcpu *v, uint64_t value)
{
    uint8_t *page = npt_ram(value & PAGE_MASK);

    (void)v;
    if (page == NULL) {
        return false;
    }
    for (unsigned int i = 0; i < PAGE_SIZE / HYPERCALL_STUB_BYTES; i++) {
        write_stub(page + i * HYPERCALL_STUB_BYTES, i);
    }
    return true;
}

static const struct intercepted_msr table[] = {
    {MSR_EFER, MSR_EFER, read_efer, write_efer, false},
    {MSR_APIC_BASE, MSR_APIC_BASE, NULL, write_apic_base, true},
    {0x800, 0x8ff, NULL, NULL, false}, /* the APIC's, of x2APIC mode */
    {MSR_HYPERCALL_PAGE, MSR_HYPERCALL_PAGE, NULL, write_hypercall_page, false},

    /* Time */
    {MSR_TSC, MSR_TSC, NULL, write_tsc, true},
    {0x3b, 0x3b, NULL, NULL, false},             /* TSC_ADJUST */
    {0xc0000104, 0xc0000104, NULL, NULL, false}, /* TSC_RATIO, SVM's */

    /* SVM, and what runs below the hypervisor */
    {MSR_VM_CR, MSR_VM_CR, read_vm_cr, NULL, false},
    {0xc0010111, 0xc0010113, NULL, NULL, true},  /* SMM: base, range, mask */
    {0xc0010116, 0xc0010116, NULL, NULL, false}, /* SMM_CTL */
    {MSR_VM_HSAVE_PA, MSR_VM_HSAVE_PA, NULL, NULL, false},
    {0xc0010118, 0xc0010118, NULL, NULL, false}, /* SVM_KEY */

    /* Encrypted memory and guests */
    {MSR_SYSCFG, MSR_SYSCFG, NULL, write_syscfg, true},
    {0xc001011e, 0xc001011e, NULL, NULL, false}, /* VM_PAGE_FLUSH */
    {0xc0010130, 0xc001013f, NULL, NULL, false}, /* SEV: GHCB, status, RMP */

    /* Counters, whose interrupts are NMIs */
    {0xc0000300, 0xc0000303, NULL, NULL, false}, /* global */
    {0xc0010000, 0xc0010007, NULL, NULL, false},
    {0xc0010200, 0xc001020f, NULL, NULL, false}, /* core */
    {0xc0010230, 0xc001023b, NULL, NULL, false}, /* cache */
    {0xc0010240, 0xc0010247, NULL, NULL, false}, /* northbridge */
    {0xc0011030, 0xc001103f, NULL, NULL, false}, /* sampling of instructions */

    /* Lightweight profiling, shadow stacks, event delivery by FRED */
    {0xc0000105, 0xc0000106, NULL, NULL, false},
    {0x6a0, 0x6a8, NULL, NULL, false},
    {MSR_XSS, MSR_XSS, NULL, write_xss, true},
    {0x1cc, 0x1d4, NULL, NULL, false},
};

/* The first bit of msr's pair (read, write) in the bitmap, or -1. */
static int __init find_bitmap_bit(uint32_t msr)
{
    static const uint32_t bases[] = {0, 0xc0000000, 0xc0010000};

    for (unsigned int i = 0; i < ARRAY_SIZE(bases); i++) {
        if (msr - bases[i] < 0x2000) {
            return (0x2000 * i + (msr - bases[i])) * 2;
        }
    }
    return -1; /* outside: always intercepted */
}

void __init guest_msr_fill_bitmap(uint8_t *bitmap)
{
    for (unsigned int i = 0; i < ARRAY_SIZE(table); i++) {
        const unsigned int which = table[i].passes_reads ? 2 : 3;

        for (uint32_t msr = table[i].first; msr <= table[i].last; msr++) {
            const int bit = find_bitmap_bit(msr);

            if (bit >= 0) {
                bitmap[bit / 8] |= which << (bit % 8);
            }
        }
    }
}

static const struct intercepted_msr *find_row(uint32_t msr)
{
    for (unsigned int i = 0; i < ARRAY_SIZE(table); i++) {
        if (msr >= table[i].first && msr <= table[i].last) {
            return &table[i];
        }
    }
    return NULL;
}

static bool serve_write(struct vcpu *v, const struct intercepted_msr *row)
{
    uint64_t value = (uint32_t)v->regs[REG_RAX] | v->regs[REG_RDX] << 32;

    return row && row->write && row->write(v, value);
}

static bool serve_read(struct vcpu *v, const struct intercepted_msr *row)
{
    uint64_t value;

    if (row == NULL || row->read == NULL || !row->read(v, &value)) {
        return false;
    }
    v->regs[REG_RAX] = (uint32_t)value;
    v->regs[REG_RDX] = value >> 32;
    return true;
}

static void refuse_access(struct vcpu *v, bool is_write)
{
    static unsigned long nr_refused;
    const unsigned long nr = throttle(&nr_refused);

    if (nr) {
        printk(
            XENLOG_DEBUG "dom0 vCPU %u: #GP for %s of MSR %#x (%lu so far)\n",
            v->id, is_write ? "write" : "read", (uint32_t)v->regs[REG_RCX], nr);
    }
    vcpu_inject_exception(v, VECTOR_GENERAL_PROTECTION, true, 0);
}

void guest_msr_serve(struct vcpu *v)
{
    uint32_t msr = v->regs[REG_RCX];
    bool is_write = v->vmcb->exit_info_1 & 1;
    const struct intercepted_msr *row = find_row(msr);
    bool done = is_write ? serve_write(v, row) : serve_read(v, row);

    if (done) {
        vcpu_skip_instruction(v, MSR_BYTES);
    } else {
        refuse_access(v, is_write);
    }
}
