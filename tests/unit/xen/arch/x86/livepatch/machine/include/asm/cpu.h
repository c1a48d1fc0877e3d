/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stands in front of the hypervisor's <asm/cpu.h>: the instructions that only
 * a kernel may execute are the test machine's (machine.c).
 */
#ifndef ASM_CPU_H
#define ASM_CPU_H

#include <xen/types.h>
#include <asm/cpu_registers.h>
#include <asm/layout.h>

struct cpuid_regs cpuid(uint32_t leaf, uint32_t subleaf);
unsigned long read_cr3(void);
void write_cr3(unsigned long value);

#endif
