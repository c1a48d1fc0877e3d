/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Registers of the CPU that instructions name: model-specific ones by their
 * numbers (AMD APM vol. 2, appendix A), and what CPUID fills. EFER's number is
 * in <asm/layout.h>, for assembly too.
 */
#ifndef ASM_CPU_REGISTERS_H
#define ASM_CPU_REGISTERS_H

#include <xen/types.h>

#define MSR_TSC 0x00000010
#define MSR_APIC_BASE 0x0000001b
#define MSR_XSS 0x00000da0
#define MSR_FS_BASE 0xc0000100
#define MSR_GS_BASE 0xc0000101
#define MSR_SYSCFG 0xc0010010
#define MSR_VM_CR 0xc0010114
#define MSR_VM_HSAVE_PA 0xc0010117

struct cpuid_regs {
    uint32_t eax, ebx, ecx, edx;
};

#endif
