/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Descriptor tables of a pCPU (AMD APM vol. 2, 4.8 and 12.2.5).
 */
#ifndef ASM_DESC_H
#define ASM_DESC_H

#include <xen/compiler.h>
#include <xen/types.h>

struct tss64 {
    uint32_t reserved0;
    uint64_t rsp[3];
    uint64_t reserved1;
    uint64_t ist[7];
    uint64_t reserved2;
    uint16_t reserved3;
    uint16_t iopb_offset;
} __packed;

#define GDT_ENTRIES 6 /* null, code32, data, code64, TSS in two */

struct pcpu_tables {
    uint64_t gdt[GDT_ENTRIES];
    struct tss64 tss;
} __aligned(16);

#define IST_DOUBLE_FAULT 1
#define IST_MACHINE_CHECK 2

struct pcpu;

/* Fills the tables for the pCPU and loads them, the IDT and its GS base. */
void desc_load(struct pcpu_tables *tables, struct pcpu *pcpu);

/* Builds the IDT that all pCPUs share. */
void idt_build(void);

#endif
