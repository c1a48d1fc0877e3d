// SPDX-License-Identifier: GPL-2.0
/*
 * The heap's pages. Takes ranges of physical memory at boot, gives runs of
 * contiguous pages and takes them back. Each range has a bitmap in its first
 * pages, a set bit for a page in use; the search is first-fit from where the
 * last one ended. Few allocations are made after boot, so simplicity wins over
 * speed. Smaller pieces are xmalloc's job.
 */
#include <xen/lib.h>
#include <xen/mm.h>
#include <xen/spinlock.h>
#include <xen/string.h>

#define MAX_RANGES 16

struct heap_range {
    uint64_t *used; /* bitmap; a set bit is a page in use */
    char *start;    /* the page of bit 0, behind the bitmap */
    unsigned long nr_pages;
    unsigned long next; /* where the next search starts */
};

static struct heap_range ranges[MAX_RANGES];
static unsigned int nr_ranges;
static unsigned long nr_free;
static unsigned long nr_total;
static DEFINE_SPINLOCK(heap_lock);

static bool is_used(const struct heap_range *range, unsigned long page)
{
    return range->used[page / 64] >> page % 64 & 1;
}

static void flip_used(struct heap_range *range, unsigned long page,
                      unsigned long nr)
{
    for (; nr; nr--, page++) {
        range->used[page / 64] ^= 1ULL << page % 64;
    }
}

void xenheap_add(paddr_t start, paddr_t end)
{
    struct heap_range *range = &ranges[nr_ranges];
    const unsigned long nr_pages =
        PFN_DOWN(end) > PFN_UP(start) ? PFN_DOWN(end) - PFN_UP(start) : 0;
    const unsigned long bitmap_pages = DIV_ROUND_UP(nr_pages, 8 * PAGE_SIZE);

    if (nr_pages <= bitmap_pages) {
        return;
    }
    if (nr_ranges == MAX_RANGES) {
        printk(XENLOG_WARNING "heap: more than %u ranges; %lu pages unused\n",
               MAX_RANGES, nr_pages);
        return;
    }
    range->used = maddr_to_virt(PFN_UP(start) << PAGE_SHIFT);
    memset(range->used, 0, bitmap_pages * PAGE_SIZE);
    range->start = (char *)range->used + bitmap_pages * PAGE_SIZE;
    range->nr_pages = nr_pages - bitmap_pages;
    nr_ranges++;
    nr_free += range->nr_pages;
    nr_total += range->nr_pages;
}

/* The first of nr free pages in a row within [from, to), or to. */
static unsigned long find_run(const struct heap_range *range,
                              unsigned long from, unsigned long to,
                              unsigned int nr)
{
    unsigned long page = from;
    unsigned long run = 0;

    while (page < to && run < nr) {
        if (page % 64 == 0 && range->used[page / 64] == UINT64_MAX) {
            page += 64;
            run = 0;
        } else {
            run = is_used(range, page) ? 0 : run + 1;
            page++;
        }
    }
    return run == nr ? page - nr : to;
}

static void *take_run(struct heap_range *range, unsigned int nr)
{
    const unsigned long end = range->nr_pages;
    unsigned long page = find_run(range, range->next, end, nr);

    if (page == end) {
        page = find_run(range, 0, end, nr);
    }
    if (page == end) {
        return NULL;
    }
    flip_used(range, page, nr);
    range->next = page + nr;
    nr_free -= nr;
    return range->start + page * PAGE_SIZE;
}

void *alloc_xenheap_pages(unsigned int nr)
{
    void *va = NULL;

    BUG_ON(nr == 0);
    spin_lock(&heap_lock);
    for (unsigned int i = 0; i < nr_ranges && !va; i++) {
        va = take_run(&ranges[i], nr);
    }
    spin_unlock(&heap_lock);
    return va;
}

static struct heap_range *find_range(const char *va, unsigned long nr)
{
    for (unsigned int i = 0; i < nr_ranges; i++) {
        const uintptr_t offset = (uintptr_t)va - (uintptr_t)ranges[i].start;

        if (offset / PAGE_SIZE < ranges[i].nr_pages &&
            nr <= ranges[i].nr_pages - offset / PAGE_SIZE) {
            return &ranges[i];
        }
    }
    return NULL;
}

void free_xenheap_pages(void *va, unsigned int nr)
{
    struct heap_range *range = find_range(va, nr);
    unsigned long page;

    if (!va || !nr) {
        return;
    }
    if (!range || !IS_ALIGNED((uintptr_t)va, PAGE_SIZE)) {
        panic("heap: free of %p (%u pages): not a page of the heap\n", va, nr);
    }
    page = ((char *)va - range->start) / PAGE_SIZE;
    spin_lock(&heap_lock);
    for (unsigned int i = 0; i < nr; i++) {
        if (!is_used(range, page + i)) {
            panic("heap: free of %p (%u pages): page %u is free already\n", va,
                  nr, i);
        }
    }
    flip_used(range, page, nr);
    nr_free += nr;
    spin_unlock(&heap_lock);
}

unsigned long xenheap_free_pages(void)
{
    return nr_free;
}

unsigned long xenheap_total_pages(void)
{
    return nr_total;
}
