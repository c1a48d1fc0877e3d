/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Exception tables: instructions that may fault, and where to go on when one
 * does. The hypervisor's is sorted when it is linked (xen/tools/extable), a
 * payload's when it is loaded. <asm/extable.h> makes entries.
 */
#ifndef XEN_EXTABLE_H
#define XEN_EXTABLE_H

#include <xen/types.h>

/* Distances from the field itself to what it names. */
struct exception_table_entry {
    int32_t addr; /* the instruction */
    int32_t cont; /* where to go on */
};

static inline unsigned long ex_addr(const struct exception_table_entry *entry)
{
    return (unsigned long)&entry->addr + entry->addr;
}

static inline unsigned long ex_cont(const struct exception_table_entry *entry)
{
    return (unsigned long)&entry->cont + entry->cont;
}

/*
 * Where to go on after a fault of the instruction at addr, in the hypervisor's
 * text or a payload's; 0 when no table lists it. From any context.
 */
unsigned long search_exception_table(unsigned long addr);

#endif
