/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tables of three levels, the first of two pages that lie together (Arm ARM,
 * D8.2.2 "Concatenated translation tables"). All is mapped in blocks of 1 GiB;
 * a block that is to be more than one thing is split. All memory is write-back
 * here, so that what dom0's own tables say of it counts.
 */
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/memory.h>
#include <xen/mm.h>
#include <xen/sched.h>
#include <xen/spinlock.h>
#include <asm/page_table.h>
#include <asm/stage2.h>
#include <asm/system.h>
#include <asm/tlb.h>

#define FIRST_LEVEL 3
#define FIRST_ENTRIES (2 * PT_ENTRIES)

#define S2_VALID (1UL << 0)
#define S2_TABLE_OR_PAGE (1UL << 1)
#define S2_WRITE_BACK (0xfUL << 2)
#define S2_READ (1UL << 6)
#define S2_WRITE (1UL << 7)
#define S2_INNER_SHAREABLE (3UL << 8)
#define S2_ACCESSED (1UL << 10)
#define S2_MAPPED                                                              \
    (S2_VALID | S2_WRITE_BACK | S2_READ | S2_INNER_SHAREABLE | S2_ACCESSED)

/* 40 bits, start at level 1, 4 KiB pages, inner shareable write-back walks. */
#define VTCR                                                                   \
    ((1UL << 31) | (2 << 16) | (3 << 12) | (1 << 10) | (1 << 8) | (1 << 6) | 24)
#define VMID_1 (1UL << 48)

static uint64_t first_table[FIRST_ENTRIES] __section(".bss.page_aligned")
    __aligned(8192);

static DEFINE_SPINLOCK(stage2_lock);

static unsigned int index_of(paddr_t gpa, unsigned int level)
{
    const paddr_t index = gpa >> (PAGE_SHIFT + 9 * (level - 1));

    return level == FIRST_LEVEL ? index % FIRST_ENTRIES : index % PT_ENTRIES;
}

static bool is_table(uint64_t entry, unsigned int level)
{
    return level > 1 && (entry & S2_VALID) && (entry & S2_TABLE_OR_PAGE);
}

/* A table of what the block maps, in its place. The old and the new entry say
 * the same, so no walk between them goes wrong. */
static int split(uint64_t *entry, unsigned int level)
{
    uint64_t *table = alloc_xenheap_pages(1);
    const paddr_t step = PAGE_SIZE << (9 * (level - 2));
    const uint64_t leaf = level == 2 ? S2_TABLE_OR_PAGE : 0;

    if (table == NULL) {
        return -ENOMEM;
    }
    for (unsigned int i = 0; i < PT_ENTRIES; i++) {
        table[i] = *entry ? (*entry | leaf) + i * step : 0;
    }
    dsb(ishst);
    __atomic_store_n(entry, virt_to_maddr(table) | S2_VALID | S2_TABLE_OR_PAGE,
                     __ATOMIC_RELEASE);
    return 0;
}

/* The entry of one page; NULL when no table can be had. */
static uint64_t *find_page(paddr_t gpa)
{
    uint64_t *table = first_table;

    for (unsigned int level = FIRST_LEVEL; level > 1; level--) {
        uint64_t *entry = &table[index_of(gpa, level)];

        if (!is_table(*entry, level) && split(entry, level)) {
            return NULL;
        }
        table = maddr_to_virt(*entry & PTE_ADDRESS);
    }
    return &table[index_of(gpa, 1)];
}

static void __init set_range(paddr_t start, paddr_t end, uint64_t flags)
{
    for (paddr_t gpa = start & PAGE_MASK; gpa < end; gpa += PAGE_SIZE) {
        uint64_t *entry = find_page(gpa);

        if (entry == NULL) {
            panic("no memory for dom0's stage-2 tables\n");
        }
        *entry = flags ? gpa | flags | S2_TABLE_OR_PAGE : 0;
    }
}

void __init stage2_init(paddr_t gic_distributor, paddr_t distributor_bytes,
                        paddr_t gic_redistributors,
                        paddr_t redistributors_bytes)
{
    for (unsigned int i = 0; i < FIRST_ENTRIES; i++) {
        first_table[i] = ((paddr_t)i << 30) | S2_MAPPED | S2_WRITE;
    }
    set_range(gic_distributor, gic_distributor + distributor_bytes, S2_MAPPED);
    set_range(gic_redistributors, gic_redistributors + redistributors_bytes,
              S2_MAPPED);
    for (unsigned int i = 0; i < NR_OWN_RANGES; i++) {
        set_range(own_memory[i].start, own_memory[i].end, 0);
    }
    dsb(ish);
}

void stage2_load(void)
{
    write_sysreg(vtcr_el2, VTCR);
    write_sysreg(vttbr_el2, virt_to_maddr(first_table) | VMID_1);
    isb();
    flush_tlb_guest();
}

int arch_replace_guest_page(paddr_t gpa, paddr_t paddr)
{
    uint64_t *entry;

    spin_lock(&stage2_lock);
    entry = find_page(gpa);
    if (entry) {
        /* Not valid in between (Arm ARM, D8.13.1 "break-before-make"). */
        *entry = 0;
        flush_tlb_guest();
        *entry = paddr | S2_MAPPED | S2_WRITE | S2_TABLE_OR_PAGE;
        dsb(ishst);
    }
    spin_unlock(&stage2_lock);
    return entry ? 0 : -ENOMEM;
}
