// SPDX-License-Identifier: GPL-2.0
/*
 * Memory that is contiguous in virtual addresses only. Takes single pages from
 * the heap and maps them one after the other into one of the regions, with
 * unmapped pages around each allocation. The lock protects the lists alone:
 * mapping and flushing wait for other pCPUs, which may be waiting here.
 */
#include <xen/list.h>
#include <xen/spinlock.h>
#include <xen/string.h>
#include <xen/vmap.h>
#include <xen/xmalloc.h>

/* One allocation. In its region's list, which is in order of addresses. */
struct area {
    struct list_head list;
    enum vmap_region region;
    bool is_leaving; /* is being freed: nobody else may */
    unsigned long va;
    unsigned long nr_pages;
    void *pages[]; /* each page's address in the direct map */
};

struct region {
    unsigned long start; /* 0: not there yet, and so is end */
    unsigned long end;
    struct list_head areas;
};

static struct region regions[VMAP_REGION_NR];
static unsigned long nr_pages_used;
static DEFINE_SPINLOCK(vmap_lock);

void vm_init_type(enum vmap_region type, void *start, void *end)
{
    struct region *region = &regions[type];

    BUG_ON(region->start || start >= end);
    region->start = (unsigned long)start;
    region->end = (unsigned long)end;
    INIT_LIST_HEAD(&region->areas);
}

static unsigned long area_end(const struct area *area)
{
    return area->va + area->nr_pages * PAGE_SIZE;
}

/*
 * Gives the area the lowest address with a free page on both sides. Example:
 * between areas at pages 1-2 and 6-9 one page fits, at 4 (3 and 5 stay free);
 * two go to page 11.
 */
static bool place_area(struct region *region, struct area *area)
{
    const unsigned long bytes = area->nr_pages * PAGE_SIZE;
    unsigned long va = region->start + PAGE_SIZE;
    struct area *next;

    list_for_each_entry (next, &region->areas, list) {
        if (va + bytes + PAGE_SIZE <= next->va) {
            break;
        }
        va = area_end(next) + PAGE_SIZE;
    }
    if (va + bytes + PAGE_SIZE > region->end) {
        return false;
    }
    area->va = va;
    list_add_tail(&area->list, &next->list);
    return true;
}

static bool reserve_area(struct area *area)
{
    struct region *region = &regions[area->region];
    bool is_placed;

    spin_lock(&vmap_lock);
    is_placed = place_area(region, area);
    if (is_placed) {
        nr_pages_used += area->nr_pages;
    }
    spin_unlock(&vmap_lock);
    return is_placed;
}

static void release_area(struct area *area)
{
    spin_lock(&vmap_lock);
    list_del(&area->list);
    nr_pages_used -= area->nr_pages;
    spin_unlock(&vmap_lock);
    xfree(area);
}

/* The first nr pages of the area are mapped; none is afterwards. */
static void unmap_pages(struct area *area, unsigned long nr)
{
    if (nr) {
        BUG_ON(destroy_xen_mappings(area->va, area->va + nr * PAGE_SIZE));
    }
    for (unsigned long i = 0; i < nr; i++) {
        if (area->region == VMAP_XEN) {
            arch_directmap_show(area->pages[i]);
        }
        free_xenheap_pages(area->pages[i], 1);
    }
}

/* Nothing has been executed or read through the area's addresses yet, so a
 * page's place in the direct map can be taken away after it was mapped. */
static bool map_page(struct area *area, unsigned long i)
{
    void *page = alloc_xenheap_pages(1);

    if (!page) {
        return false;
    }
    if (map_pages_to_xen(area->va + i * PAGE_SIZE,
                         PFN_DOWN(virt_to_maddr(page)), 1,
                         PAGE_HYPERVISOR_RW)) {
        free_xenheap_pages(page, 1);
        return false;
    }
    if (area->region == VMAP_XEN) {
        arch_directmap_hide(page);
    }
    area->pages[i] = page;
    return true;
}

static bool map_pages(struct area *area)
{
    for (unsigned long i = 0; i < area->nr_pages; i++) {
        if (!map_page(area, i)) {
            unmap_pages(area, i);
            return false;
        }
    }
    return true;
}

static void *alloc_area(size_t bytes, enum vmap_region region)
{
    const unsigned long nr = PFN_UP(bytes);
    struct area *area = NULL;

    BUG_ON(bytes == 0);
    if (bytes <= regions[region].end - regions[region].start) {
        area = _xzalloc(sizeof(*area) + nr * sizeof(area->pages[0]),
                        __alignof__(*area));
    }
    if (!area) {
        return NULL;
    }
    area->region = region;
    area->nr_pages = nr;
    if (!reserve_area(area)) {
        xfree(area);
        return NULL;
    }
    if (!map_pages(area)) {
        release_area(area);
        return NULL;
    }
    return (void *)area->va;
}

void *vmalloc(size_t bytes)
{
    return alloc_area(bytes, VMAP_DEFAULT);
}

void *vzalloc(size_t bytes)
{
    void *va = vmalloc(bytes);

    if (va) {
        memset(va, 0, bytes);
    }
    return va;
}

void *vmalloc_xen(size_t bytes)
{
    return alloc_area(bytes, VMAP_XEN);
}

static struct area *find_area(unsigned long va)
{
    struct area *area;

    for (unsigned int i = 0; i < VMAP_REGION_NR; i++) {
        if (!regions[i].start) {
            continue;
        }
        list_for_each_entry (area, &regions[i].areas, list) {
            if (area->va == va) {
                return area;
            }
        }
    }
    return NULL;
}

void vfree(void *va)
{
    struct area *area;

    if (!va) {
        return;
    }
    spin_lock(&vmap_lock);
    area = find_area((unsigned long)va);
    if (!area || area->is_leaving) {
        panic("vfree: %p was never allocated, or is free already\n", va);
    }
    area->is_leaving = true;
    spin_unlock(&vmap_lock);

    unmap_pages(area, area->nr_pages);
    release_area(area);
}

unsigned long vmap_pages_used(void)
{
    return nr_pages_used;
}
