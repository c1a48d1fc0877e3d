/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reaching dom0's memory.
 */
#ifndef ASM_GUEST_MEMORY_H
#define ASM_GUEST_MEMORY_H

#include <asm/vcpu.h>

/* Reads up to `bytes` bytes of code at the vCPU's instruction pointer; returns
 * how many. */
unsigned int guest_read_code(const struct vcpu *v, uint8_t *code,
                             unsigned int bytes);

/* True when the vCPU is in 64-bit mode. */
bool guest_is_64bit(const struct vcpu *v);

#endif
