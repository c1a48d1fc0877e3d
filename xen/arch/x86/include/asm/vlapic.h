/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dom0's writes to the local APIC of the pCPU it runs on.
 */
#ifndef ASM_VLAPIC_H
#define ASM_VLAPIC_H

#include <asm/vcpu.h>

/*
 * Serves a nested page fault of a write at `offset` in the APIC's page: decodes
 * the store, acts on it or passes it to the hardware, and steps over it. False
 * when the instruction is not one that can be decoded; nothing was done then.
 */
bool vlapic_serve_store(struct vcpu *v, unsigned int offset) __must_check;

#endif
