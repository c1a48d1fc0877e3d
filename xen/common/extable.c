// SPDX-License-Identifier: GPL-2.0
/*
 * Binary search in the table of the text that an instruction lies in.
 */
#include <xen/extable.h>
#include <xen/virtual_region.h>

/* The first entry of an instruction at addr or behind it. */
static const struct exception_table_entry *
find_first(const struct exception_table_entry *start,
           const struct exception_table_entry *stop, unsigned long addr)
{
    size_t nr = stop - start;

    while (nr > 0) {
        const size_t half = nr / 2;

        if (ex_addr(&start[half]) < addr) {
            start += half + 1;
            nr -= half + 1;
        } else {
            nr = half;
        }
    }
    return start;
}

static unsigned long search_region(const struct virtual_region *region,
                                   unsigned long addr)
{
    const struct exception_table_entry *entry;

    if (!region || !region->ex) {
        return 0;
    }
    entry = find_first(region->ex, region->ex_end, addr);
    return entry != region->ex_end && ex_addr(entry) == addr ? ex_cont(entry)
                                                             : 0;
}

unsigned long search_exception_table(unsigned long addr)
{
    unsigned long cont;

    rcu_read_lock(&virtual_regions_read);
    cont = search_region(find_text_region(addr), addr);
    rcu_read_unlock(&virtual_regions_read);
    return cont;
}
