/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Keeping every pCPU's translations of hypervisor addresses current. The
 * hardware tells all of them at once, so nobody need catch up or be waited for.
 */
#ifndef ASM_TLB_H
#define ASM_TLB_H

/* Returns when no pCPU can use a translation that the caller removed before. */
static inline void flush_tlb_all(void)
{
    __asm__ __volatile__("dsb ish; tlbi alle2is; dsb ish; isb" : : : "memory");
}

/* Likewise, of what dom0's second stage has said. */
static inline void flush_tlb_guest(void)
{
    __asm__ __volatile__("dsb ishst; tlbi vmalls12e1is; dsb ish; isb"
                         :
                         :
                         : "memory");
}

/* Of this pCPU alone. */
static inline void flush_tlb_local(void)
{
    __asm__ __volatile__("dsb nsh; tlbi alle2; dsb nsh; isb" : : : "memory");
}

static inline void tlb_catch_up(void)
{
}

static inline void tlb_quiet(void)
{
}

static inline void tlb_busy(void)
{
}

#endif
