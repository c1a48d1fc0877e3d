/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which page tables a pCPU uses, and text that changes under its fetches.
 */
#ifndef ASM_TABLE_BASE_H
#define ASM_TABLE_BASE_H

#include <xen/compiler.h>
#include <xen/types.h>
#include <asm/cpu.h>

/* The top table that this pCPU uses, by physical address. Changing it drops
 * what the pCPU knew of translations. */
static always_inline paddr_t read_table_base(void)
{
    return read_cr3();
}

static always_inline void write_table_base(paddr_t base)
{
    write_cr3(base);
}

/* Text at `where` was changed through `alias`: fetches see the stores, once the
 * pCPU that fetches has been through arch_livepatch_sync(). */
static always_inline void sync_text(const void *where, const void *alias,
                                    unsigned int bytes)
{
    (void)where;
    (void)alias;
    (void)bytes;
}

#endif
