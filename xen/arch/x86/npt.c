/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Nested page tables, one set for all vCPUs. An identity map with holes where
 * the hypervisor's memory is; large pages but around the holes. Knows frames,
 * not what dom0 does with them. A generation tells vCPUs to flush.
 */
#include <xen/cache.h>
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/memory.h>
#include <xen/paging.h>
#include <xen/sched.h>
#include <xen/smp.h>
#include <xen/spinlock.h>
#include <xen/string.h>
#include <xen/xmalloc.h>
#include <asm/apic.h>
#include <asm/cpu.h>
#include <asm/npt.h>
#include <asm/smp.h>

/* A nested access counts as a user's (AMD APM vol. 2, 15.25.5). */
#define NPT_FLAGS                                                              \
    (PTE_PRESENT | PTE_WRITE | PTE_USER | PTE_ACCESSED | PTE_DIRTY)
#define NPT_READ_ONLY (NPT_FLAGS & ~PTE_WRITE)

/* A bit for software's use: dom0's RAM, or what took its place. */
#define NPT_RAM (1UL << 9)

#define LEAF_ADDRESS_SIZES 0x80000008

static uint64_t *__ro_after_init root;
static uint64_t generation;
static unsigned int __ro_after_init physical_bits;
static DEFINE_SPINLOCK(npt_lock);

/*
 * As many tables more may be made once dom0 runs, for devices that it finds and
 * for pages of its RAM that are replaced: what dom0 does cannot use up the
 * heap. 512 reach 500 GiB of devices, or 1 GiB of RAM by single pages.
 */
#define TABLES_FOR_DOM0 512
static unsigned int tables_left;

/* A bit for each large page that is dom0's RAM throughout, where it is: most of
 * all there is, and found without a walk. */
static unsigned long *__ro_after_init plain_ram;
static unsigned long __ro_after_init nr_plain;

paddr_t npt_root(void)
{
    return virt_to_maddr(root);
}

static uint64_t *alloc_table(void)
{
    uint64_t *table = alloc_xenheap_pages(1);

    if (table) {
        memset(table, 0, PAGE_SIZE);
    }
    return table;
}

static uint64_t *table_of(uint64_t entry)
{
    return (uint64_t *)(DIRECTMAP_VIRT_START + (entry & PTE_ADDRESS));
}

static bool is_plain_ram(paddr_t gpa)
{
    const unsigned long nr = gpa / LARGE_PAGE_BYTES;

    return nr < nr_plain &&
           (__atomic_load_n(&plain_ram[nr / BITS_PER_LONG], __ATOMIC_RELAXED) &
            (1UL << (nr % BITS_PER_LONG)));
}

static void set_plain_ram(paddr_t gpa, bool is_plain)
{
    const unsigned long nr = gpa / LARGE_PAGE_BYTES;
    const unsigned long bit = 1UL << (nr % BITS_PER_LONG);

    if (is_plain) {
        __atomic_fetch_or(&plain_ram[nr / BITS_PER_LONG], bit,
                          __ATOMIC_RELEASE);
    } else if (nr < nr_plain) {
        __atomic_fetch_and(&plain_ram[nr / BITS_PER_LONG], ~bit,
                           __ATOMIC_RELEASE);
    }
}

/* Replaces a large page by a table of small ones, or an empty entry by an
 * empty table. */
static int put_table(uint64_t *entry, paddr_t gpa)
{
    uint64_t *table = tables_left ? alloc_table() : NULL;

    if (table == NULL) {
        return -ENOMEM;
    }
    tables_left--;
    for (unsigned int i = 0; (*entry & PTE_PRESENT) && i < PT_ENTRIES; i++) {
        table[i] = ((*entry & PTE_ADDRESS) + i * PAGE_SIZE) | NPT_FLAGS |
                   (*entry & NPT_RAM);
    }
    set_plain_ram(gpa, false);
    /* Release: the hardware finds the new table filled. */
    __atomic_store_n(entry, virt_to_maddr(table) | NPT_FLAGS, __ATOMIC_RELEASE);
    return 0;
}

/* The entry of gpa at the level, made where it is not there; NULL: no memory.
 */
static uint64_t *make_entry_at(paddr_t gpa, unsigned int level)
{
    uint64_t *table = root;

    for (unsigned int at = 4; at > level; at--) {
        uint64_t *entry = &table[table_index(gpa, at)];

        if ((!(*entry & PTE_PRESENT) || (*entry & PTE_LARGE)) &&
            put_table(entry, gpa)) {
            return NULL;
        }
        table = table_of(*entry);
    }
    return &table[table_index(gpa, level)];
}

static void __init set_or_panic(paddr_t gpa, unsigned int level, uint64_t value)
{
    uint64_t *entry = make_entry_at(gpa, level);

    if (entry == NULL) {
        panic("no memory for nested page tables\n");
    }
    *entry = value;
}

/* Whole pages only, as far as the direct map reaches; dom0 has the rest as it
 * has devices. */
static void __init mark_ram(const struct memory_range *range)
{
    const paddr_t reach = DIRECTMAP_VIRT_END - DIRECTMAP_VIRT_START;
    const paddr_t end = min(range->end & PAGE_MASK, reach);
    paddr_t at = PAGE_ALIGN(range->start);

    while (at < end) {
        const bool is_large =
            IS_ALIGNED(at, LARGE_PAGE_BYTES) && end - at >= LARGE_PAGE_BYTES;

        set_or_panic(at, is_large ? 2 : 1,
                     at | NPT_FLAGS | NPT_RAM | (is_large ? PTE_LARGE : 0));
        if (is_large) {
            set_plain_ram(at, true);
        }
        at += is_large ? LARGE_PAGE_BYTES : PAGE_SIZE;
    }
}

static void __init hide_range(const struct memory_range *range)
{
    for (paddr_t at = range->start; at < range->end; at += PAGE_SIZE) {
        set_or_panic(at, 1, 0);
    }
}

void __init npt_init(void)
{
    paddr_t end = max(GB(4UL), memmap_ram_end(&dom0_memmap));

    tables_left = ~0u; /* while booting */
    physical_bits = cpuid(LEAF_ADDRESS_SIZES, 0).eax & 0xff;
    root = alloc_table();
    if (root == NULL) {
        panic("no memory for nested page tables\n");
    }
    nr_plain = end / LARGE_PAGE_BYTES;
    plain_ram =
        xzalloc_array(unsigned long, DIV_ROUND_UP(nr_plain, BITS_PER_LONG));
    if (plain_ram == NULL) {
        panic("no memory for the map of dom0's RAM\n");
    }
    for (paddr_t at = 0; at < end; at += LARGE_PAGE_BYTES) {
        set_or_panic(at, 2, at | NPT_FLAGS | PTE_LARGE);
    }
    for (unsigned int i = 0; i < dom0_memmap.nr; i++) {
        if (dom0_memmap.range[i].type == MEMORY_RAM) {
            mark_ram(&dom0_memmap.range[i]);
        }
    }
    for (unsigned int i = 0; i < NR_OWN_RANGES; i++) {
        hide_range(&own_memory[i]);
    }
    set_or_panic(apic_paddr(), 1, apic_paddr() | NPT_READ_ONLY);
    tables_left = TABLES_FOR_DOM0;
}

static int add_device_locked(paddr_t gpa)
{
    uint64_t *entry = make_entry_at(gpa, 2);

    if (entry == NULL) {
        return -ENOMEM;
    }
    if (!(*entry & PTE_PRESENT)) {
        *entry = (gpa & ~(LARGE_PAGE_BYTES - 1)) | NPT_FLAGS | PTE_LARGE;
    }
    return 0;
}

int npt_add_device(paddr_t gpa)
{
    paddr_t page = gpa & PAGE_MASK;
    int rc;

    if (gpa >> physical_bits || is_own_memory(page, page + PAGE_SIZE)) {
        return -EPERM;
    }
    spin_lock(&npt_lock);
    rc = add_device_locked(gpa);
    spin_unlock(&npt_lock);
    return rc;
}

/* Makes each vCPU flush before it runs on: those in the guest leave it. */
static void tell_vcpus(void)
{
    cpumask_t others;

    /* Release: the change of the tables comes before its announcement; pairs
     * with the load in npt_is_stale(). */
    __atomic_fetch_add(&generation, 1, __ATOMIC_RELEASE);
    cpumask_copy(&others, &cpu_online_map);
    cpumask_clear_cpu(smp_processor_id(), &others);
    smp_kick(&others);
}

int arch_replace_guest_page(paddr_t gpa, paddr_t maddr)
{
    uint64_t *entry;

    spin_lock(&npt_lock);
    entry = make_entry_at(gpa, 1);
    if (entry) {
        __atomic_store_n(entry, maddr | NPT_FLAGS | NPT_RAM, __ATOMIC_RELAXED);
    }
    spin_unlock(&npt_lock);
    if (entry == NULL) {
        return -ENOMEM;
    }
    tell_vcpus();
    return 0;
}

/* One step down: the entry of gpa in the table that `entry` points to. */
static uint64_t step_down(uint64_t entry, paddr_t gpa, unsigned int level)
{
    return entry & PTE_PRESENT ? table_of(entry)[table_index(gpa, level)] : 0;
}

static void *walk_to_ram(paddr_t gpa)
{
    uint64_t entry;
    paddr_t offset_mask = LARGE_PAGE_BYTES - 1;

    if (gpa >> physical_bits) {
        return NULL;
    }
    entry = step_down(root[table_index(gpa, 4)], gpa, 3);
    entry = step_down(entry, gpa, 2);
    if (!(entry & PTE_LARGE)) {
        entry = step_down(entry, gpa, 1);
        offset_mask = PAGE_SIZE - 1;
    }
    if (!(entry & NPT_RAM)) {
        return NULL;
    }
    return maddr_to_virt((entry & PTE_ADDRESS & ~offset_mask) |
                         (gpa & offset_mask));
}

void *npt_ram(paddr_t gpa)
{
    return is_plain_ram(gpa) ? (void *)(DIRECTMAP_VIRT_START + gpa)
                             : walk_to_ram(gpa);
}

bool npt_is_stale(uint64_t *seen)
{
    uint64_t now = __atomic_load_n(&generation, __ATOMIC_ACQUIRE);
    bool stale = *seen != now;

    *seen = now;
    return stale;
}
