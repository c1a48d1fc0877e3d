/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Keeping every pCPU's translations of hypervisor addresses current.
 */
#ifndef ASM_TLB_H
#define ASM_TLB_H

/* Drops this pCPU's translations when a flush was asked since it last did. */
void tlb_catch_up(void);

/*
 * Returns when no pCPU can use a translation that the caller removed before.
 * Not with a lock held that another pCPU may be spinning on.
 */
void flush_tlb_all(void);

/*
 * Between quiet and busy this pCPU touches nothing that may be unmapped (it is
 * in a guest, parked, or asleep), so that a flush need not wait for it.
 */
void tlb_quiet(void);
void tlb_busy(void);

#endif
