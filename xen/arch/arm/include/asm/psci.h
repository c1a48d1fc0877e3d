/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Power: what the firmware does for us by SMC, and what dom0 may ask of us in
 * its place (Arm DEN 0022, "Power State Coordination Interface").
 */
#ifndef ASM_PSCI_H
#define ASM_PSCI_H

#include <xen/compiler.h>
#include <asm/vcpu.h>

#define PSCI_VERSION 0x84000000
#define PSCI_CPU_SUSPEND 0x84000001
#define PSCI_CPU_OFF 0x84000002
#define PSCI_CPU_ON 0x84000003
#define PSCI_AFFINITY_INFO 0x84000004
#define PSCI_MIGRATE_INFO_TYPE 0x84000006
#define PSCI_SYSTEM_OFF 0x84000008
#define PSCI_SYSTEM_RESET 0x84000009
#define PSCI_FEATURES 0x8400000a
#define SMCCC_VERSION 0x80000000
#define SMC64                                                                  \
    0x40000000 /* in a function's number: its arguments have 64 bits */

/* Starts a pCPU at a physical address, with x0. 0 or the firmware's error. */
long psci_cpu_on(uint64_t mpidr, paddr_t entry, uint64_t x0) __must_check;

void noreturn psci_system_off(void);
void noreturn psci_system_reset(void);

/* Answers dom0's call, whose registers are the vCPU's; false: not PSCI. */
bool psci_serve(struct vcpu *v);

#endif
