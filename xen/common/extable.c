// SPDX-License-Identifier: GPL-2.0
/*
 * Binary search in the table of the text that an instruction lies in, and the
 * sorting that this needs: a heap sort, in place. Since an entry counts from
 * where it stands, all are made to count from the table's start before they
 * are moved, and from their new places afterwards.
 */
#include <xen/extable.h>
#include <xen/virtual_region.h>

static void swap(struct exception_table_entry *a,
                 struct exception_table_entry *b)
{
    const struct exception_table_entry old = *a;

    *a = *b;
    *b = old;
}

/* Below `parent` all is a heap; makes it one from there on. */
static void sift_down(struct exception_table_entry *heap, size_t parent,
                      size_t nr)
{
    for (;;) {
        size_t child = 2 * parent + 1;

        if (child >= nr) {
            return;
        }
        if (child + 1 < nr && heap[child].addr < heap[child + 1].addr) {
            child++;
        }
        if (heap[child].addr <= heap[parent].addr) {
            return;
        }
        swap(&heap[parent], &heap[child]);
        parent = child;
    }
}

static void count_from_start(struct exception_table_entry *start, size_t nr)
{
    for (size_t i = 0; i < nr; i++) {
        start[i].addr += (uint8_t *)&start[i].addr - (uint8_t *)start;
        start[i].cont += (uint8_t *)&start[i].cont - (uint8_t *)start;
    }
}

static void count_from_fields(struct exception_table_entry *start, size_t nr)
{
    for (size_t i = 0; i < nr; i++) {
        start[i].addr -= (uint8_t *)&start[i].addr - (uint8_t *)start;
        start[i].cont -= (uint8_t *)&start[i].cont - (uint8_t *)start;
    }
}

void sort_exception_table(struct exception_table_entry *start,
                          const struct exception_table_entry *stop)
{
    const size_t nr = stop - start;

    count_from_start(start, nr);
    for (size_t parent = nr / 2; parent > 0; parent--) {
        sift_down(start, parent - 1, nr);
    }
    for (size_t left = nr; left > 1; left--) {
        swap(&start[0], &start[left - 1]);
        sift_down(start, 0, left - 1);
    }
    count_from_fields(start, nr);
}

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
