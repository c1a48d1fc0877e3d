/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Power: what the firmware does for us by SMC, and what dom0 may ask of us in
 * its place (Arm DEN 0022, "Power State Coordination Interface").
 */
#ifndef ASM_PSCI_H
#define ASM_PSCI_H

#include <xen/compiler.h>
#include <asm/vcpu.h>

/* Starts a pCPU at a physical address, with x0. 0 or the firmware's error. */
long psci_cpu_on(uint64_t mpidr, paddr_t entry, uint64_t x0) __must_check;

void noreturn psci_system_off(void);
void noreturn psci_system_reset(void);

/* Answers dom0's call, whose registers are the vCPU's; false: not PSCI. */
bool psci_serve(struct vcpu *v);

#endif
