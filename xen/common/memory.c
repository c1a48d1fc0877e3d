/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Shares out physical memory once: a heap at the top of low memory and the
 * image are the hypervisor's, all other RAM is dom0's. Builds the direct map,
 * in which the heap has pages of 4 KiB (so that single ones can be hidden) and
 * the image's text and read-only data do not appear.
 */
#include <xen/cache.h>
#include <xen/init.h>
#include <xen/kernel.h>
#include <xen/lib.h>
#include <xen/memory.h>
#include <xen/mm.h>
#include <xen/paging.h>

#define HEAP_MOST MB(64UL)
#define HEAP_LEAST MB(16UL)
#define HEAP_SHARE 16 /* of all RAM, one part in so many */
#define HEAP_LIMIT GB(4UL)
#define FIRST_PIECE LARGE_PAGE_BYTES

unsigned long __ro_after_init max_page;
struct memmap __ro_after_init dom0_memmap;
struct memory_range __ro_after_init own_memory[NR_OWN_RANGES];

#define own_image own_memory[0]
#define own_heap own_memory[1]

bool is_own_memory(paddr_t start, paddr_t end)
{
    for (unsigned int i = 0; i < NR_OWN_RANGES; i++) {
        if (start < own_memory[i].end && own_memory[i].start < end) {
            return true;
        }
    }
    return false;
}

static void __init choose_heap(const struct boot_loader_facts *facts)
{
    struct memory_range taken[1 + BOOT_MODULES_MAX];
    paddr_t share = memmap_ram_bytes(&facts->memmap) / HEAP_SHARE;
    const struct memmap_wish wish = {
        .bytes =
            ROUNDUP(max(HEAP_LEAST, min(HEAP_MOST, share)), LARGE_PAGE_BYTES),
        .align = LARGE_PAGE_BYTES,
        .limit = HEAP_LIMIT,
    };
    unsigned int nr = 0;

    taken[nr++] = own_image;
    for (unsigned int i = 0; i < facts->nr_modules; i++) {
        taken[nr++] = (struct memory_range){
            .start = facts->module[i].start,
            .end = facts->module[i].end,
        };
    }
    own_heap.start = memmap_find(&facts->memmap, &wish, taken, nr);
    if (own_heap.start == INVALID_PADDR) {
        panic("no %lu MiB of free RAM below 4 GiB for the heap\n",
              wish.bytes >> 20);
    }
    own_heap.end = own_heap.start + wish.bytes;
    own_heap.type = MEMORY_RESERVED;
}

static void __init add_or_panic(paddr_t start, paddr_t end, bool small_pages)
{
    if (start < end && directmap_add(start, end, small_pages)) {
        panic("no memory to map RAM from %#lx to %#lx\n", start, end);
    }
}

/* The first piece holds the page tables of the rest. */
static void __init give_heap(void)
{
    paddr_t first_end = own_heap.start + FIRST_PIECE;

    add_or_panic(own_heap.start, first_end, true);
    xenheap_add(own_heap.start, first_end);
    add_or_panic(first_end, own_heap.end, true);
    xenheap_add(first_end, own_heap.end);
}

static void __init map_rest_of_image(void)
{
    add_or_panic(image_paddr(_einit), image_paddr(_end), true);
}

/* dom0's RAM; DIRECTMAP's reach bounds what the hypervisor can copy. */
static void __init map_dom0_ram(void)
{
    const paddr_t reach = DIRECTMAP_VIRT_END - DIRECTMAP_VIRT_START;

    for (unsigned int i = 0; i < dom0_memmap.nr; i++) {
        const struct memory_range *r = &dom0_memmap.range[i];

        if (r->type == MEMORY_RAM) {
            add_or_panic(PAGE_ALIGN(r->start), min(r->end & PAGE_MASK, reach),
                         false);
        }
    }
}

void __init memory_init(const struct boot_loader_facts *facts)
{
    own_image = (struct memory_range){
        .start = image_paddr(_start),
        .end = image_paddr(_end),
        .type = MEMORY_RESERVED,
    };
    choose_heap(facts);
    dom0_memmap = facts->memmap;
    for (unsigned int i = 0; i < NR_OWN_RANGES; i++) {
        if (memmap_reserve(&dom0_memmap, own_memory[i].start,
                           own_memory[i].end)) {
            panic("hypervisor memory %#lx to %#lx is not RAM\n",
                  own_memory[i].start, own_memory[i].end);
        }
    }
    give_heap();
    map_rest_of_image();
    map_dom0_ram();
    max_page = PFN_DOWN(memmap_ram_end(&facts->memmap));
    printk(XENLOG_INFO "RAM %lu MiB; image %#lx-%#lx, heap %#lx-%#lx\n",
           memmap_ram_bytes(&facts->memmap) >> 20, own_image.start,
           own_image.end, own_heap.start, own_heap.end);
}
