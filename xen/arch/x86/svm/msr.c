/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Intercepted model-specific registers: SVM's own are hidden, EFER lacks its
 * SVM bit, the local APIC stays where and how it is, and writing the hypercall
 * register makes the hypercall page. One table says which and how.
 */
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <asm/apic.h>
#include <asm/cpu.h>
#include <asm/npt.h>
#include <asm/guest_msr.h>

#define MSR_HYPERCALL_PAGE 0x40000000
#define MSR_BYTES 2 /* of RDMSR and of WRMSR */

#define EFER_GUEST_BITS (EFER_SCE | EFER_LME | EFER_NXE | EFER_FFXSR)
#define EFER_FFXSR 0x4000
#define VM_CR_LOCKED_OFF 0x18

#define HYPERCALL_STUB_BYTES 32

struct intercepted_msr {
    uint32_t msr;
    /* false: the guest gets #GP. NULL: likewise; in the bitmap only where a
     * function or a refusal is wanted. */
    bool (*read)(const struct vcpu *v, uint64_t *value);
    bool (*write)(struct vcpu *v, uint64_t value);
    bool passes_reads; /* not intercepted */
};

static bool read_efer(const struct vcpu *v, uint64_t *value)
{
    *value = v->vmcb->efer & ~(uint64_t)EFER_SVME;
    return true;
}

/* LMA is the hardware's to change, with CR0.PG; LME may not while paging. */
static bool write_efer(struct vcpu *v, uint64_t value)
{
    struct vmcb *c = v->vmcb;

    if (value & ~(uint64_t)(EFER_GUEST_BITS | EFER_LMA)) {
        return false;
    }
    if ((c->cr0 & CR0_PG) && ((value ^ c->efer) & EFER_LME)) {
        return false;
    }
    c->efer = (value & EFER_GUEST_BITS) | (c->efer & EFER_LMA) | EFER_SVME;
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
    if (value != rdmsr(MSR_APIC_BASE)) {
        printk(XENLOG_WARNING "dom0 vCPU %u: APIC base %#lx refused\n", v->id,
               value);
        return false;
    }
    return true;
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
    {MSR_EFER, read_efer, write_efer, false},
    {MSR_APIC_BASE, NULL, write_apic_base, true},
    {MSR_VM_CR, read_vm_cr, NULL, false},
    {MSR_VM_HSAVE_PA, NULL, NULL, false},
    {MSR_HYPERCALL_PAGE, NULL, write_hypercall_page, false},
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
        int bit = find_bitmap_bit(table[i].msr);
        unsigned int which = table[i].passes_reads ? 2 : 3;

        if (bit >= 0) {
            bitmap[bit / 8] |= which << (bit % 8);
        }
    }
}

static const struct intercepted_msr *find_row(uint32_t msr)
{
    for (unsigned int i = 0; i < ARRAY_SIZE(table); i++) {
        if (table[i].msr == msr) {
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

void guest_msr_serve(struct vcpu *v)
{
    uint32_t msr = v->regs[REG_RCX];
    bool is_write = v->vmcb->exit_info_1 & 1;
    const struct intercepted_msr *row = find_row(msr);
    bool done = is_write ? serve_write(v, row) : serve_read(v, row);

    if (done) {
        vcpu_skip_instruction(v, MSR_BYTES);
        return;
    }
    printk(XENLOG_DEBUG "dom0 vCPU %u: #GP for %s of MSR %#x\n", v->id,
           is_write ? "write" : "read", msr);
    vcpu_inject_exception(v, VECTOR_GENERAL_PROTECTION, true, 0);
}
