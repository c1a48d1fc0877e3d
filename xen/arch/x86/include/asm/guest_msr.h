/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The model-specific registers that dom0 does not get as they are.
 */
#ifndef ASM_GUEST_MSR_H
#define ASM_GUEST_MSR_H

#include <asm/vcpu.h>

/* Sets the bits of the intercepted registers in the zeroed bitmap of 8 KiB
 * (AMD APM vol. 2, 15.11). Boot only. */
void guest_msr_fill_bitmap(uint8_t *bitmap);

/* Serves an exit for RDMSR or WRMSR: done, or an exception injected. */
void guest_msr_serve(struct vcpu *v);

#endif
