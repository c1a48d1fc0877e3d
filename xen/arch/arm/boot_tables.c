/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The page tables that the image starts with: itself, section by section with
 * its permissions, and, until all pCPUs are up, the low addresses where it
 * runs before the MMU is on. make_boot_tables() runs there: all that it
 * touches it finds by distances from where it is, and nothing is cached yet.
 */
#include <xen/init.h>
#include <xen/kernel.h>
#include <xen/paging.h>
#include <asm/start.h>
#include <asm/system.h>

#define TABLE __section(".data.page_aligned") __aligned(4096)

uint64_t top_table[PT_ENTRIES] TABLE;
static uint64_t image_l3[PT_ENTRIES] TABLE;
static uint64_t image_l2[PT_ENTRIES] TABLE;
static uint64_t image_l1[XEN_IMAGE_TABLES][PT_ENTRIES] TABLE;
static uint64_t low_l3[PT_ENTRIES] TABLE;
static uint64_t low_l2[PT_ENTRIES] TABLE;

static paddr_t load_paddr; /* where the image is */

paddr_t image_paddr(const void *object)
{
    return (unsigned long)object - XEN_VIRT_START + load_paddr;
}

void *image_virt(paddr_t paddr)
{
    return (void *)(XEN_VIRT_START + (paddr - load_paddr));
}

static __init void set_table(uint64_t *table, unsigned long va,
                             unsigned int level, const void *next)
{
    table[table_index(va, level)] = (paddr_t)next | TABLE_FLAGS;
}

static __init void map_section(paddr_t load, const char *start, const char *end,
                               unsigned int flags)
{
    const unsigned long first = (paddr_t)start - load;

    for (unsigned long at = first; at < (paddr_t)end - load; at += PAGE_SIZE) {
        image_l1[at / LARGE_PAGE_BYTES][at / PAGE_SIZE % PT_ENTRIES] =
            make_entry(load + at, flags);
    }
}

/* Without MMU: symbols are where the image lies, not where it is linked. */
void __init make_boot_tables(paddr_t load)
{
    set_table(top_table, XEN_VIRT_START, 4, image_l3);
    set_table(image_l3, XEN_VIRT_START, 3, image_l2);
    for (unsigned int i = 0; i < XEN_IMAGE_TABLES; i++) {
        set_table(image_l2, XEN_VIRT_START + i * LARGE_PAGE_BYTES, 2,
                  image_l1[i]);
    }
    map_section(load, _stext, _etext, PAGE_HYPERVISOR_RX);
    map_section(load, _srodata, _erodata, PAGE_HYPERVISOR_RO);
    map_section(load, _sro_after_init, _ero_after_init, PAGE_HYPERVISOR_RW);
    map_section(load, _sinit, _einittext, PAGE_HYPERVISOR_RX);
    map_section(load, _einittext, _einit, PAGE_HYPERVISOR_RW);
    map_section(load, _sdata, _end, PAGE_HYPERVISOR_RW);

    set_table(top_table, load, 4, low_l3);
    set_table(low_l3, load, 3, low_l2);
    low_l2[table_index(load, 2)] =
        make_entry(load, PAGE_HYPERVISOR_RX | PTE_LARGE);
}

void __init boot_tables_keep(paddr_t load)
{
    load_paddr = load;
}

void boot_tables_drop_low(void)
{
    top_table[table_index(load_paddr, 4)] = 0;
    flush_tlb_all();
}
