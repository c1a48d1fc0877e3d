/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Hypercalls as arm64 guests make them (public/arch-arm.h): the number in x16,
 * arguments in x0 to x4, the answer in x0.
 */
#ifndef ASM_GUEST_HYPERCALL_H
#define ASM_GUEST_HYPERCALL_H

#include <asm/vcpu.h>

/* False: nothing was done, the guest is to ask again. */
bool guest_hypercall(struct vcpu *v);

/* The address of the function that serves the vCPU's last one. */
unsigned long guest_hypercall_server(const struct vcpu *v);

#endif
