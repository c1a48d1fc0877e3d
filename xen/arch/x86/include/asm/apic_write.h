/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Judging what dom0 writes to its local APIC (AMD APM vol. 2, chapter 16).
 * Pure.
 */
#ifndef ASM_APIC_WRITE_H
#define ASM_APIC_WRITE_H

#include <xen/compiler.h>
#include <xen/types.h>

enum apic_action {
    APIC_PASS,  /* write `value` to the hardware */
    APIC_DROP,  /* as if it had not been written */
    APIC_VCPUS, /* an IPI that means vCPUs, not pCPUs */
};

struct apic_verdict {
    enum apic_action action;
    uint32_t value;
};

/*
 * offset: of a register, a multiple of 16. Local vectors that would reset the
 * pCPU or interrupt it for system management pass masked.
 */
struct apic_verdict apic_judge_write(unsigned int offset, uint32_t value);

#endif
