/* SPDX-License-Identifier: GPL-2.0 */
/*
 * GDT, TSS and IDT. The selectors are layout.h's, the IDT is one for all
 * pCPUs; double faults and machine checks get stacks of their own.
 */
#include <xen/config.h>
#include <xen/init.h>
#include <xen/string.h>
#include <asm/cpu.h>
#include <asm/current.h>
#include <asm/desc.h>
#include <asm/trap_frame.h>

#define VECTOR_NMI 2
#define VECTOR_DOUBLE_FAULT 8
#define VECTOR_MACHINE_CHECK 18

#define GATE_INTERRUPT 0x8e00 /* present, 64-bit interrupt gate */
#define TSS_AVAILABLE 0x89UL

struct gate {
    uint16_t offset_low;
    uint16_t selector;
    uint16_t type; /* with the IST number in its low byte */
    uint16_t offset_middle;
    uint32_t offset_high;
    uint32_t reserved;
};

struct table_pointer {
    uint16_t limit;
    uint64_t base;
} __packed;

static struct gate idt[NR_EXCEPTIONS] __aligned(16);

static void set_gate(unsigned int vector, const void *stub, unsigned int ist)
{
    unsigned long offset = (unsigned long)stub;

    idt[vector] = (struct gate){
        .offset_low = offset,
        .selector = SEL_CODE64,
        .type = GATE_INTERRUPT | ist,
        .offset_middle = offset >> 16,
        .offset_high = offset >> 32,
    };
}

void __init idt_build(void)
{
    for (unsigned int i = 0; i < NR_EXCEPTIONS; i++) {
        set_gate(i, trap_stubs + i * TRAP_STUB_BYTES, 0);
    }
    set_gate(VECTOR_NMI, nmi_stub, 0);
    set_gate(VECTOR_DOUBLE_FAULT,
             trap_stubs + VECTOR_DOUBLE_FAULT * TRAP_STUB_BYTES,
             IST_DOUBLE_FAULT);
    set_gate(VECTOR_MACHINE_CHECK,
             trap_stubs + VECTOR_MACHINE_CHECK * TRAP_STUB_BYTES,
             IST_MACHINE_CHECK);
}

static void fill_tables(struct pcpu_tables *t, const struct pcpu *pcpu)
{
    unsigned long tss = (unsigned long)&t->tss;

    t->tss.ist[IST_DOUBLE_FAULT - 1] = pcpu->df_stack;
    t->tss.ist[IST_MACHINE_CHECK - 1] = pcpu->mc_stack;
    t->tss.iopb_offset = sizeof(t->tss);
    t->gdt[SEL_CODE32 / 8] = 0x00cf9b000000ffff;
    t->gdt[SEL_DATA / 8] = 0x00cf93000000ffff;
    t->gdt[SEL_CODE64 / 8] = 0x00af9b000000ffff;
    t->gdt[SEL_TSS / 8] = (sizeof(t->tss) - 1) | (tss & 0xffffff) << 16 |
                          TSS_AVAILABLE << 40 | (tss >> 24 & 0xff) << 56;
    t->gdt[SEL_TSS / 8 + 1] = tss >> 32;
}

void desc_load(struct pcpu_tables *tables, struct pcpu *pcpu)
{
    struct table_pointer gdt = {sizeof(tables->gdt) - 1,
                                (unsigned long)tables->gdt};
    struct table_pointer idtr = {sizeof(idt) - 1, (unsigned long)idt};

    fill_tables(tables, pcpu);
    __asm__ __volatile__("lgdt %0; lidt %1; ltr %w2"
                         :
                         : "m"(gdt), "m"(idtr), "r"(SEL_TSS)
                         : "memory");
    wrmsr(MSR_GS_BASE, (unsigned long)pcpu);
}
