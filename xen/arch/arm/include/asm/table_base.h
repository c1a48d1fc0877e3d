/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which page tables a pCPU uses, and text that changes under its fetches.
 */
#ifndef ASM_TABLE_BASE_H
#define ASM_TABLE_BASE_H

#include <xen/compiler.h>
#include <xen/types.h>
#include <asm/system.h>

/* The top table that this pCPU uses, by physical address. Changing it drops
 * what the pCPU knew of translations: there is no address space number at EL2.
 */
static always_inline paddr_t read_table_base(void)
{
    return read_sysreg(ttbr0_el2);
}

static always_inline void write_table_base(paddr_t base)
{
    __asm__ __volatile__("dsb ishst; msr ttbr0_el2, %0; isb\n"
                         "tlbi alle2; dsb nsh; isb"
                         :
                         : "r"(base)
                         : "memory");
}

/* Text at `where` was changed through `alias`: fetches see the stores, once the
 * pCPU that fetches has been through arch_livepatch_sync() (Arm ARM, B2.4.4).
 * Of few bytes: they lie in one cache line, or two. */
static always_inline void sync_text(const void *where, const void *alias,
                                    unsigned int bytes)
{
    const unsigned long last = bytes ? bytes - 1 : 0;

    __asm__ __volatile__("dc cvau, %0; dc cvau, %1; dsb ish\n"
                         "ic ivau, %2; ic ivau, %3; dsb ish; isb"
                         :
                         : "r"(alias), "r"((const char *)alias + last),
                           "r"(where), "r"((const char *)where + last)
                         : "memory");
}

#endif
