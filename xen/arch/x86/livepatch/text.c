/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writing to sealed text: a window is a private set of page tables that holds
 * the hypervisor's mappings and, in a top-level slot that no other set has,
 * writable aliases of the pages to change. Only the pCPU between begin and end
 * has it in CR3. All that can fail happens in open; what runs while the pCPUs
 * are stopped is two loads of CR3 and copies to known addresses.
 */
#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/mm.h>
#include <xen/string.h>
#include <xen/xmalloc.h>
#include <asm/cpu.h>
#include <asm/paging.h>

#define PAGES_PER_RANGE 2 /* 31 bytes may lie across a page's end */
#define RANGES_PER_TABLE (PT_ENTRIES / PAGES_PER_RANGE)
#define MOST_RANGES (RANGES_PER_TABLE * PT_ENTRIES)

_Static_assert(LIVEPATCH_OPAQUE_SIZE <= PAGE_SIZE, "a range spans two pages");

struct alias {
    uint8_t *where;
    uint8_t nr_bytes;
};

struct livepatch_window {
    paddr_t normal_cr3; /* what begin found and end restores */
    paddr_t patching_cr3;
    uint64_t *l4, *l3, *l2;
    uint64_t **l1;
    unsigned int nr_tables; /* of l1 */
    unsigned int nr;
    struct alias alias[];
};

static uint64_t *alloc_table(void)
{
    uint64_t *table = alloc_xenheap_pages(1);

    if (table) {
        memset(table, 0, PAGE_SIZE);
    }
    return table;
}

static void free_table(uint64_t *table)
{
    if (table) {
        free_xenheap_pages(table, 1);
    }
}

static uint64_t entry_for(uint64_t *table)
{
    return make_entry(virt_to_maddr(table), TABLE_FLAGS);
}

static int alloc_leaf_tables(struct livepatch_window *w)
{
    w->l1 = xzalloc_array(uint64_t *, w->nr_tables);
    if (w->l1 == NULL) {
        return -ENOMEM;
    }
    for (unsigned int i = 0; i < w->nr_tables; i++) {
        w->l1[i] = alloc_table();
        if (w->l1[i] == NULL) {
            return -ENOMEM;
        }
        w->l2[i] = entry_for(w->l1[i]);
    }
    return 0;
}

static int alloc_tables(struct livepatch_window *w)
{
    w->l4 = alloc_table();
    w->l3 = alloc_table();
    w->l2 = alloc_table();
    if (w->l4 == NULL || w->l3 == NULL || w->l2 == NULL) {
        return -ENOMEM;
    }
    memcpy(w->l4, idle_pml4, PAGE_SIZE);
    w->l4[table_index(PATCH_VIRT_START, 4)] = entry_for(w->l3);
    w->l3[table_index(PATCH_VIRT_START, 3)] = entry_for(w->l2);
    w->patching_cr3 = virt_to_maddr(w->l4);
    return alloc_leaf_tables(w);
}

/* Makes the alias of range i: its one or two pages, next to each other. */
static int map_alias(struct livepatch_window *w, unsigned int i,
                     const struct livepatch_change *change)
{
    unsigned long first = (unsigned long)change->where & PAGE_MASK;
    unsigned long last =
        change->nr_bytes ? (unsigned long)change->where + change->nr_bytes - 1
                         : first;
    uint64_t *entries =
        &w->l1[i / RANGES_PER_TABLE][i % RANGES_PER_TABLE * PAGES_PER_RANGE];

    for (unsigned long page = first; page <= last; page += PAGE_SIZE) {
        paddr_t frame = xen_va_to_paddr(page);

        if (frame == INVALID_PADDR) {
            return -EINVAL;
        }
        entries[(page - first) / PAGE_SIZE] =
            make_entry(frame, PAGE_HYPERVISOR_RW);
    }
    w->alias[i] = (struct alias){
        .where = (uint8_t *)PATCH_VIRT_START +
                 (unsigned long)i * PAGES_PER_RANGE * PAGE_SIZE +
                 ((unsigned long)change->where & ~PAGE_MASK),
        .nr_bytes = change->nr_bytes,
    };
    return 0;
}

static struct livepatch_window *alloc_window(unsigned int nr)
{
    struct livepatch_window *w;

    if (nr > MOST_RANGES) {
        return NULL;
    }
    w = xzalloc_bytes(sizeof(*w) + nr * sizeof(w->alias[0]));
    if (w) {
        w->nr = nr;
        w->nr_tables = DIV_ROUND_UP(nr, RANGES_PER_TABLE);
    }
    return w;
}

int arch_livepatch_window_open(const struct livepatch_change *changes,
                               unsigned int nr,
                               struct livepatch_window **window)
{
    struct livepatch_window *w = alloc_window(nr);
    int rc;

    if (w == NULL) {
        return -ENOMEM;
    }
    rc = alloc_tables(w);
    for (unsigned int i = 0; rc == 0 && i < nr; i++) {
        rc = map_alias(w, i, &changes[i]);
    }
    if (rc) {
        arch_livepatch_window_close(w);
        return rc;
    }
    *window = w;
    return 0;
}

/* The load also drops what this pCPU knew of an earlier window's aliases. */
void arch_livepatch_window_begin(struct livepatch_window *window)
{
    window->normal_cr3 = read_cr3();
    write_cr3(window->patching_cr3);
}

void arch_livepatch_window_write(struct livepatch_window *window,
                                 unsigned int i, const uint8_t *bytes)
{
    memcpy(window->alias[i].where, bytes, window->alias[i].nr_bytes);
}

/* Serialises: this pCPU fetches the new text from here on. */
void arch_livepatch_window_end(struct livepatch_window *window)
{
    write_cr3(window->normal_cr3);
}

void arch_livepatch_window_close(struct livepatch_window *window)
{
    if (window == NULL) {
        return;
    }
    for (unsigned int i = 0; window->l1 && i < window->nr_tables; i++) {
        free_table(window->l1[i]);
    }
    xfree(window->l1);
    free_table(window->l2);
    free_table(window->l3);
    free_table(window->l4);
    xfree(window);
}
