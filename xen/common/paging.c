/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's page tables: makes, changes and removes mappings in the one
 * set of tables that all pCPUs use, refuses writable and executable ones, and
 * knows the direct map. Top-level entries are made at boot only, so that other
 * sets of tables can copy them. Flushing is tlb.c's; which memory there is,
 * memory.c's.
 */
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/kernel.h>
#include <xen/lib.h>
#include <xen/paging.h>
#include <xen/spinlock.h>
#include <xen/string.h>

#define BOOT_TABLES 24 /* tables until there is a heap */

/* Held while tables change, never while a flush waits for other pCPUs. */
static DEFINE_SPINLOCK(paging_lock);

static uint8_t
    boot_tables[BOOT_TABLES][PAGE_SIZE] __section(".bss.page_aligned")
        __aligned(4096);
static unsigned int nr_boot_tables_used;
static unsigned int nr_io_pages;

static bool is_image_paddr(paddr_t paddr)
{
    return paddr >= image_paddr(_start) && paddr < image_paddr(_end);
}

static uint64_t *table_at(paddr_t paddr)
{
    return is_image_paddr(paddr) ? image_virt(paddr) : maddr_to_virt(paddr);
}

paddr_t virt_to_maddr(const void *va)
{
    unsigned long address = (unsigned long)va;

    if (is_kernel(va)) {
        return image_paddr(va);
    }
    BUG_ON(address < DIRECTMAP_VIRT_START || address >= DIRECTMAP_VIRT_END);
    return address - DIRECTMAP_VIRT_START;
}

void *maddr_to_virt(paddr_t ma)
{
    return (void *)(DIRECTMAP_VIRT_START + ma);
}

/* A zeroed table's physical address, or INVALID_PADDR. */
static paddr_t alloc_table(void)
{
    void *table;

    if (nr_boot_tables_used < BOOT_TABLES) {
        return image_paddr(boot_tables[nr_boot_tables_used++]);
    }
    table = alloc_xenheap_pages(1);
    if (table == NULL) {
        return INVALID_PADDR;
    }
    memset(table, 0, PAGE_SIZE);
    return virt_to_maddr(table);
}

/*
 * The entry of va in the table of the level, or of the large page that maps va
 * above it (*found tells the level). NULL when there is no table; with create,
 * only when none can be had.
 */
static uint64_t *find_entry(unsigned long va, unsigned int level, bool create,
                            unsigned int *found)
{
    uint64_t *table = top_table;

    for (unsigned int at = 4;; at--) {
        uint64_t *entry = &table[table_index(va, at)];
        paddr_t next;

        if (at == level ||
            (at < 4 && is_present(*entry) && is_large_page(*entry))) {
            *found = at;
            return entry;
        }
        if (!is_present(*entry)) {
            next = create ? alloc_table() : INVALID_PADDR;
            if (next == INVALID_PADDR) {
                return NULL;
            }
            /* Release: the table's zeroes before its entry. */
            __atomic_store_n(entry, next | TABLE_FLAGS, __ATOMIC_RELEASE);
        }
        table = table_at(*entry & PTE_ADDRESS);
    }
}

/* The 4 KiB entry that maps va, or NULL. */
static uint64_t *find_page_entry(unsigned long va)
{
    unsigned int level;
    uint64_t *entry = find_entry(va, 1, false, &level);

    return entry && level == 1 && is_present(*entry) ? entry : NULL;
}

static int map_one(unsigned long va, paddr_t paddr, unsigned int flags,
                   unsigned int level)
{
    unsigned int found;
    uint64_t *entry = find_entry(va, level, true, &found);

    if (entry == NULL) {
        return -ENOMEM;
    }
    BUG_ON(found != level || is_present(*entry));
    __atomic_store_n(entry, make_entry(paddr, flags), __ATOMIC_RELAXED);
    sync_new_entries();
    return 0;
}

static void unmap_pages(unsigned long s, unsigned long e)
{
    for (unsigned long va = s; va < e; va += PAGE_SIZE) {
        uint64_t *entry = find_page_entry(va);

        if (entry) {
            __atomic_store_n(entry, 0, __ATOMIC_RELAXED);
        }
    }
}

int map_pages_to_xen(unsigned long virt, mfn_t mfn, unsigned long nr,
                     unsigned int flags)
{
    int rc = 0;

    BUG_ON((flags & PTE_WRITE) && !(flags & PTE_FLAG_NX));
    spin_lock(&paging_lock);
    for (unsigned long i = 0; i < nr; i++) {
        rc = map_one(virt + i * PAGE_SIZE, (mfn + i) << PAGE_SHIFT, flags, 1);
        if (rc) {
            /* Nobody was told of these pages: no flush is due. */
            unmap_pages(virt, virt + i * PAGE_SIZE);
            break;
        }
    }
    spin_unlock(&paging_lock);
    return rc;
}

int destroy_xen_mappings(unsigned long s, unsigned long e)
{
    spin_lock(&paging_lock);
    unmap_pages(s, e);
    spin_unlock(&paging_lock);
    flush_tlb_all();
    return 0;
}

static int check_all_mapped(unsigned long s, unsigned long e)
{
    for (unsigned long va = s; va < e; va += PAGE_SIZE) {
        if (find_page_entry(va) == NULL) {
            return -EINVAL;
        }
    }
    return 0;
}

int modify_xen_mappings(unsigned long s, unsigned long e, unsigned int flags)
{
    int rc;

    if ((flags & PTE_WRITE) && !(flags & PTE_FLAG_NX)) {
        return -EINVAL;
    }
    spin_lock(&paging_lock);
    rc = check_all_mapped(s, e);
    for (unsigned long va = s; rc == 0 && va < e; va += PAGE_SIZE) {
        uint64_t *entry = find_page_entry(va);

        __atomic_store_n(entry, make_entry(*entry & PTE_ADDRESS, flags),
                         __ATOMIC_RELAXED);
    }
    spin_unlock(&paging_lock);
    if (rc == 0) {
        flush_tlb_all();
    }
    return rc;
}

paddr_t xen_va_to_paddr(unsigned long va)
{
    unsigned int level;
    uint64_t *entry = find_entry(va, 1, false, &level);
    unsigned long offset_mask;

    if (entry == NULL || !is_present(*entry)) {
        return INVALID_PADDR;
    }
    offset_mask = (PAGE_SIZE << (9 * (level - 1))) - 1;
    return (*entry & PTE_ADDRESS & ~offset_mask) | (va & offset_mask);
}

static void set_directmap_page(void *va, uint64_t value)
{
    unsigned int level;
    uint64_t *entry = find_entry((unsigned long)va, 1, false, &level);

    BUG_ON(entry == NULL || level != 1);
    __atomic_store_n(entry, value, __ATOMIC_RELAXED);
}

/* The flush is that of the change of permissions which must follow. */
void arch_directmap_hide(void *va)
{
    spin_lock(&paging_lock);
    set_directmap_page(va, 0);
    spin_unlock(&paging_lock);
}

/* No flush: the hardware keeps no translation of an entry not present. */
void arch_directmap_show(void *va)
{
    spin_lock(&paging_lock);
    set_directmap_page(va, make_entry(virt_to_maddr(va), PAGE_HYPERVISOR_RW));
    spin_unlock(&paging_lock);
}

int directmap_add(paddr_t start, paddr_t end, bool small_pages)
{
    int rc = 0;

    for (paddr_t at = start; rc == 0 && at < end;) {
        unsigned long va = (unsigned long)maddr_to_virt(at);
        bool large = !small_pages && IS_ALIGNED(at, LARGE_PAGE_BYTES) &&
                     end - at >= LARGE_PAGE_BYTES;

        rc = large ? map_one(va, at, PAGE_HYPERVISOR_RW | PTE_LARGE, 2)
                   : map_one(va, at, PAGE_HYPERVISOR_RW, 1);
        at += large ? LARGE_PAGE_BYTES : PAGE_SIZE;
    }
    return rc;
}

const void *__init boot_map(paddr_t start, size_t bytes)
{
    paddr_t first = start & PAGE_MASK;

    if (start + bytes < start || start + bytes > BOOTMAP_BYTES) {
        return NULL;
    }
    for (paddr_t at = first; at < start + bytes; at += PAGE_SIZE) {
        unsigned long va = BOOTMAP_VIRT_START + at;

        if (find_page_entry(va) == NULL &&
            map_one(va, at, PAGE_HYPERVISOR_RO, 1)) {
            return NULL;
        }
    }
    return (const void *)(BOOTMAP_VIRT_START + start);
}

static void free_table(paddr_t paddr)
{
    if (!is_image_paddr(paddr)) {
        free_xenheap_pages(table_at(paddr), 1);
    }
}

/* Frees the table and the tables below it; level 1 holds pages, not tables. */
static void free_tables(paddr_t paddr, unsigned int level)
{
    uint64_t *table = table_at(paddr);

    for (unsigned int i = 0; level > 1 && i < PT_ENTRIES; i++) {
        if (is_present(table[i])) {
            free_tables(table[i] & PTE_ADDRESS, level - 1);
        }
    }
    free_table(paddr);
}

void bootmap_drop(void)
{
    uint64_t *entry = &top_table[table_index(BOOTMAP_VIRT_START, 4)];
    paddr_t table = *entry & PTE_ADDRESS;

    *entry = 0;
    flush_tlb_all();
    free_tables(table, 3);
}

volatile uint32_t *__init iomap_page(paddr_t paddr)
{
    unsigned long va = IOMAP_VIRT_START + nr_io_pages * PAGE_SIZE;

    if (map_pages_to_xen(va, PFN_DOWN(paddr), 1, PAGE_HYPERVISOR_UC)) {
        panic("no page table for device registers at %#lx\n", paddr);
    }
    nr_io_pages++;
    return (volatile uint32_t *)va;
}

void paging_seal_ro_after_init(void)
{
    if (modify_xen_mappings((unsigned long)_sro_after_init,
                            (unsigned long)_ero_after_init,
                            PAGE_HYPERVISOR_RO)) {
        panic("what is constant after boot cannot be sealed\n");
    }
}

void paging_free_init(void)
{
    paddr_t start = image_paddr(_sinit);
    unsigned long bytes = _einit - _sinit;

    if (destroy_xen_mappings((unsigned long)_sinit, (unsigned long)_einit)) {
        panic("the init area cannot be unmapped\n");
    }
    if (directmap_add(start, start + bytes, true)) {
        panic("no page table for the init area\n");
    }
    memset(maddr_to_virt(start), 0, bytes);
    xenheap_add(start, start + bytes);
}
