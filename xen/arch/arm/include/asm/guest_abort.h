/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Exceptions that are given to dom0.
 */
#ifndef ASM_GUEST_ABORT_H
#define ASM_GUEST_ABORT_H

#include <asm/vcpu.h>

/* The instruction at the vCPU's pc is not there. */
void guest_inject_undefined(struct vcpu *v);

/* The access that the exit is about, at virtual address far, has no answer: an
 * external abort. */
void guest_inject_abort(struct vcpu *v, bool is_fetch, uint64_t far);

#endif
