/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dom0's vCPUs by their numbers; what a vCPU is, is the arch's (<asm/vcpu.h>).
 */
#ifndef XEN_VCPU_H
#define XEN_VCPU_H

struct vcpu;

/* Lists a new vCPU, whose id is its number. Boot only. */
void vcpu_list(struct vcpu *v);

struct vcpu *vcpu_of(unsigned int id);
unsigned int nr_vcpus(void);

/* Makes the pCPU of a vCPU look at what was asked of it, unless that is this
 * one. */
void vcpu_kick(const struct vcpu *v);

#endif
