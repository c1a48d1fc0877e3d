// SPDX-License-Identifier: GPL-2.0
/*
 * Page tables that are not dom0's: at each level in turn, an entry of dom0's
 * says that the table below it is a page of the hypervisor's, and the processor
 * is made to walk there, on its own, in the unused part of the caller's address
 * space.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include "probe.h"

#define LEVELS 4 /* from the top: table, table, table, page */
#define UNUSED (1UL << PGDIR_SHIFT)
#define ENTRY (_PAGE_PRESENT | _PAGE_RW | _PAGE_USER)

static bool probe_user(bool is_write)
{
    bool passed;

    __uaccess_begin();
    passed =
        is_write ? probe_write((void *)UNUSED) : probe_read((void *)UNUSED);
    __uaccess_end();
    return passed;
}

static void try_level(struct border_request *r, u64 *top, u64 *own[],
                      unsigned int level)
{
    u64 *entry = level == 0 ? top : &own[level - 1][0];

    preempt_disable();
    WRITE_ONCE(*entry, r->address | ENTRY);
    count_probe(r, level, probe_user(false));
    count_probe(r, level, probe_user(true));
    WRITE_ONCE(*entry, 0);
    asm volatile("invlpg (%0)" : : "r"(UNUSED) : "memory");
    preempt_enable();
    if (level < LEVELS - 1) {
        WRITE_ONCE(*entry, __pa(own[level]) | ENTRY);
    }
}

int walk_try_tables(struct border_request *r)
{
    u64 *top = (u64 *)pgd_offset(current->mm, UNUSED);
    u64 *own[LEVELS - 1];
    unsigned int i;

    if (*top) {
        return -EBUSY;
    }
    for (i = 0; i < LEVELS - 1; i++) {
        own[i] = (u64 *)get_zeroed_page(GFP_KERNEL);
    }
    if (own[0] && own[1] && own[2]) {
        for (i = 0; i < LEVELS; i++) {
            try_level(r, top, own, i);
        }
    }
    WRITE_ONCE(*top, 0);
    asm volatile("invlpg (%0)" : : "r"(UNUSED) : "memory");
    for (i = 0; i < LEVELS - 1; i++) {
        free_page((unsigned long)own[i]);
    }
    return 0;
}
