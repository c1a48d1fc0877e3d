// SPDX-License-Identifier: GPL-2.0
/*
 * The heap for small objects. Takes pages from the page allocator, gives
 * pieces of them. A page holds objects of one size (a power of two) behind a
 * header; an object too large for that gets a run of pages of its own, behind
 * a header as well. No object starts at the start of the page that has its
 * header, so the header of any object p is in the page of byte p - 1.
 *
 *     page:  header | unused | object | object | ...
 *
 * Object n starts at byte n * size.
 */
#include <xen/list.h>
#include <xen/mm.h>
#include <xen/spinlock.h>
#include <xen/string.h>
#include <xen/xmalloc.h>

#define SMALLEST 16u
#define LARGEST_SMALL 1024u
#define NR_SIZES 7 /* 16, 32, ... 1024 */

#define SLAB_MAGIC 0x736c6162u /* "slab" */
#define RUN_MAGIC 0x72756e73u  /* "runs" */

/* At the start of a page of small objects, or of a run of pages. */
struct header {
    uint32_t magic;
    uint32_t nr_used;      /* objects; of a run: pages */
    uint32_t size;         /* of each object; of a run: the object's offset */
    struct list_head list; /* slabs of this size with a free object */
    uint64_t used[PAGE_SIZE / SMALLEST / 64]; /* bit n: object n */
};

static struct list_head partial[NR_SIZES];
static unsigned long bytes_used;
static DEFINE_SPINLOCK(xmalloc_lock);

static uint32_t objects_per_slab(uint32_t size)
{
    return PAGE_SIZE / size;
}

/* Objects that the header covers; never handed out. */
static uint32_t first_object(uint32_t size)
{
    return DIV_ROUND_UP(sizeof(struct header), size);
}

static bool is_full(const struct header *slab)
{
    return slab->nr_used ==
           objects_per_slab(slab->size) - first_object(slab->size);
}

/* The slabs of the smallest size that holds `bytes`. */
static struct list_head *list_for(unsigned long bytes, uint32_t *size)
{
    unsigned int i = 0;

    for (*size = SMALLEST; *size < bytes; *size *= 2) {
        i++;
    }
    if (!partial[i].next) {
        INIT_LIST_HEAD(&partial[i]);
    }
    return &partial[i];
}

static struct header *add_slab(struct list_head *slabs, uint32_t size)
{
    struct header *slab = alloc_xenheap_pages(1);

    if (slab) {
        memset(slab, 0, sizeof(*slab));
        slab->magic = SLAB_MAGIC;
        slab->size = size;
        list_add(&slab->list, slabs);
    }
    return slab;
}

static void *take_object(struct header *slab)
{
    uint32_t n = first_object(slab->size);

    while (slab->used[n / 64] >> n % 64 & 1) {
        n++;
    }
    slab->used[n / 64] |= 1ULL << n % 64;
    slab->nr_used++;
    if (is_full(slab)) {
        list_del(&slab->list);
    }
    bytes_used += slab->size;
    return (char *)slab + n * slab->size;
}

static void *alloc_small(unsigned long bytes)
{
    struct header *slab;
    uint32_t size;
    struct list_head *slabs = list_for(bytes, &size);

    if (!list_empty(slabs)) {
        slab = list_first_entry(slabs, struct header, list);
    } else {
        slab = add_slab(slabs, size);
    }
    return slab ? take_object(slab) : NULL;
}

static void *alloc_run(unsigned long bytes, unsigned long align)
{
    const unsigned long offset = ROUNDUP(sizeof(struct header), align);
    struct header *run;
    unsigned long nr;

    if (bytes > UINT32_MAX) {
        return NULL;
    }
    nr = PFN_UP(offset + bytes);
    run = alloc_xenheap_pages(nr);
    if (!run) {
        return NULL;
    }
    run->magic = RUN_MAGIC;
    run->nr_used = nr;
    run->size = offset;
    bytes_used += nr * PAGE_SIZE;
    return (char *)run + offset;
}

void *_xmalloc(unsigned long size, unsigned long align)
{
    const unsigned long bytes = max(max(size, align), 1ul);
    void *p;

    BUG_ON(!align || align & (align - 1) || align > PAGE_SIZE);
    spin_lock(&xmalloc_lock);
    p = bytes <= LARGEST_SMALL ? alloc_small(bytes) : alloc_run(size, align);
    spin_unlock(&xmalloc_lock);
    return p;
}

void *_xzalloc(unsigned long size, unsigned long align)
{
    void *p = _xmalloc(size, align);

    if (p) {
        memset(p, 0, size);
    }
    return p;
}

static void free_object(struct header *slab, const void *p)
{
    const uint32_t offset = (const char *)p - (const char *)slab;
    const uint32_t n = offset / slab->size;
    const uint64_t bit = 1ULL << n % 64;

    if (offset % slab->size || n < first_object(slab->size)) {
        panic("xfree: %p is inside an object of %u bytes\n", p, slab->size);
    }
    if (!(slab->used[n / 64] & bit)) {
        panic("xfree: %p (%u bytes) is free already\n", p, slab->size);
    }
    if (is_full(slab)) {
        uint32_t size;

        list_add(&slab->list, list_for(slab->size, &size));
    }
    slab->used[n / 64] &= ~bit;
    slab->nr_used--;
    bytes_used -= slab->size;
    if (!slab->nr_used) {
        list_del(&slab->list);
        slab->magic = 0;
        free_xenheap_pages(slab, 1);
    }
}

static void free_run(struct header *run, const void *p)
{
    const unsigned int nr = run->nr_used;

    if ((const char *)p != (const char *)run + run->size) {
        panic("xfree: %p is inside an object of %u pages\n", p, nr);
    }
    run->magic = 0;
    bytes_used -= nr * PAGE_SIZE;
    free_xenheap_pages(run, nr);
}

void xfree(void *p)
{
    struct header *header = (void *)(((uintptr_t)p - 1) & PAGE_MASK);

    if (!p) {
        return;
    }
    spin_lock(&xmalloc_lock);
    if (header->magic == SLAB_MAGIC) {
        free_object(header, p);
    } else if (header->magic == RUN_MAGIC) {
        free_run(header, p);
    } else {
        panic("xfree: %p was never allocated, or is free already\n", p);
    }
    spin_unlock(&xmalloc_lock);
}

unsigned long xmalloc_bytes_used(void)
{
    return bytes_used;
}
