/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The instructions of the hypervisor's <asm/cpu.h> that only a kernel may use,
 * as functions that a test gives.
 */
#ifndef ASM_CPU_H
#define ASM_CPU_H

#include <xen/errno.h>
#include <xen/types.h>
#include <asm/cpufeature.h>
#include <asm/layout.h>

#define MSR_TSC 0x00000010
#define MSR_APIC_BASE 0x0000001b
#define MSR_SYSCFG 0xc0010010
#define MSR_XSS 0x00000da0
#define MSR_VM_CR 0xc0010114
#define MSR_VM_HSAVE_PA 0xc0010117

struct cpuid_regs {
    uint32_t eax, ebx, ecx, edx;
};

struct cpuid_regs cpuid(uint32_t leaf, uint32_t subleaf);
uint64_t rdmsr(uint32_t msr);
int rdmsr_safe(uint32_t msr, uint64_t *value);
int wrmsr_safe(uint32_t msr, uint64_t value);
uint64_t rdtsc(void);

#endif
