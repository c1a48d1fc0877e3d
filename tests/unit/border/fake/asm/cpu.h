/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The instructions of the hypervisor's <asm/cpu.h> that only a kernel may use,
 * as functions that a test gives.
 */
#ifndef ASM_CPU_H
#define ASM_CPU_H

#include <xen/errno.h>
#include <xen/types.h>
#include <asm/cpu_registers.h>
#include <asm/cpufeature.h>
#include <asm/layout.h>

struct cpuid_regs cpuid(uint32_t leaf, uint32_t subleaf);
uint64_t rdmsr(uint32_t msr);
int rdmsr_safe(uint32_t msr, uint64_t *value);
int wrmsr_safe(uint32_t msr, uint64_t value);
uint64_t rdtsc(void);

#endif
