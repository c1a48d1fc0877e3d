/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The pCPU that a user-mode test pretends to be.
 */
#ifndef ASM_CURRENT_H
#define ASM_CURRENT_H

extern unsigned int fake_cpu;

static inline unsigned int smp_processor_id(void)
{
    return fake_cpu;
}

#endif
