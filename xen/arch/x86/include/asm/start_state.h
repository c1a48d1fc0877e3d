/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fills a vCPU's VMCB and registers for a beginning; the vCPU is not running.
 */
#ifndef ASM_START_STATE_H
#define ASM_START_STATE_H

#include <asm/vcpu.h>

/* At the kernel's 32-bit entry point; boot_params: address for %esi. */
void vcpu_set_kernel_state(struct vcpu *v, uint32_t entry,
                           uint32_t boot_params);

/* As a start-up IPI with this vector leaves a processor. */
void vcpu_set_startup_state(struct vcpu *v, unsigned int vector);

#endif
