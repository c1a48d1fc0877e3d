/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writing to sealed text. There is one patching table: the hypervisor's own
 * mappings, and in a top-level slot that no other table has, room for writable
 * aliases. A window is the page table entries of one payload's places, and the
 * alias of each place. Only inside a write do the entries stand in the patching
 * table, and only the writing pCPU uses that table. All that can fail
 * happens in open; what runs while the pCPUs are stopped is two
 * changes of tables and copies to known addresses.
 */
#include <xen/compiler.h>
#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/mm.h>
#include <xen/paging.h>
#include <xen/string.h>
#include <xen/xmalloc.h>
#include <asm/table_base.h>

#define NR_LEAF_TABLES 16
#define MOST_PAGES (NR_LEAF_TABLES * PT_ENTRIES) /* 32 MiB of text */

_Static_assert(LIVEPATCH_OPAQUE_SIZE <= PAGE_SIZE, "a change spans two pages");

struct livepatch_window {
    const struct livepatch_change *changes;
    unsigned int nr;
    unsigned int nr_pages;
    uint64_t *entry; /* one a page, in order of addresses */
    uint8_t **alias; /* of each change */
};

static uint64_t patching_l4[PT_ENTRIES] __aligned(PAGE_SIZE);
static uint64_t patching_l3[PT_ENTRIES] __aligned(PAGE_SIZE);
static uint64_t patching_l2[PT_ENTRIES] __aligned(PAGE_SIZE);
static uint64_t patching_l1[MOST_PAGES] __aligned(PAGE_SIZE);
static paddr_t patching_base;

/* With each window, at no cost to speak of: what the slots of the hypervisor
 * map may have been made since. */
static void make_patching_table(void)
{
    memcpy(patching_l4, top_table, PAGE_SIZE);
    patching_l4[table_index(PATCH_VIRT_START, 4)] =
        make_entry(image_paddr(patching_l3), TABLE_FLAGS);
    patching_l3[table_index(PATCH_VIRT_START, 3)] =
        make_entry(image_paddr(patching_l2), TABLE_FLAGS);
    for (unsigned int i = 0; i < NR_LEAF_TABLES; i++) {
        patching_l2[table_index(PATCH_VIRT_START, 2) + i] =
            make_entry(image_paddr(&patching_l1[i * PT_ENTRIES]), TABLE_FLAGS);
    }
    patching_base = image_paddr(patching_l4);
}

static unsigned long first_page(const struct livepatch_change *change)
{
    return (unsigned long)change->where & PAGE_MASK;
}

static unsigned long last_page(const struct livepatch_change *change)
{
    return change->nr_bytes
               ? ((unsigned long)change->where + change->nr_bytes - 1) &
                     PAGE_MASK
               : first_page(change);
}

/* Two changes that follow each other may share a page. */
static unsigned int count_pages(const struct livepatch_change *changes,
                                const uint32_t *order, unsigned int nr)
{
    unsigned long seen = 0;
    unsigned int nr_pages = 0;

    for (unsigned int i = 0; i < nr; i++) {
        const struct livepatch_change *change = &changes[order[i]];

        nr_pages += first_page(change) != seen;
        nr_pages += last_page(change) != first_page(change);
        seen = last_page(change);
    }
    return nr_pages;
}

static int add_page(struct livepatch_window *w, unsigned long page)
{
    const paddr_t frame = xen_va_to_paddr(page);

    if (frame == INVALID_PADDR) {
        return -EINVAL;
    }
    w->entry[w->nr_pages++] = make_entry(frame, PAGE_HYPERVISOR_RW);
    return 0;
}

/* Fills in entries and aliases, change after change as they lie in memory. */
static int map_changes(struct livepatch_window *w, const uint32_t *order)
{
    unsigned long seen = 0;

    for (unsigned int i = 0; i < w->nr; i++) {
        const struct livepatch_change *change = &w->changes[order[i]];
        int rc = 0;

        if (first_page(change) != seen) {
            rc = add_page(w, first_page(change));
        }
        w->alias[order[i]] = (uint8_t *)PATCH_VIRT_START +
                             (w->nr_pages - 1) * PAGE_SIZE +
                             ((unsigned long)change->where & ~PAGE_MASK);
        if (rc == 0 && last_page(change) != first_page(change)) {
            rc = add_page(w, last_page(change));
        }
        if (rc) {
            return rc;
        }
        seen = last_page(change);
    }
    return 0;
}

static struct livepatch_window *
alloc_window(const struct livepatch_change *changes, unsigned int nr,
             unsigned int nr_pages)
{
    struct livepatch_window *w = xzalloc(struct livepatch_window);

    if (w == NULL) {
        return NULL;
    }
    w->changes = changes;
    w->nr = nr;
    w->entry = xmalloc_array(uint64_t, nr_pages);
    w->alias = xmalloc_array(uint8_t *, nr);
    if (w->entry == NULL || w->alias == NULL) {
        arch_livepatch_window_close(w);
        return NULL;
    }
    return w;
}

int arch_livepatch_window_open(const struct livepatch_change *changes,
                               const uint32_t *order, unsigned int nr,
                               struct livepatch_window **window)
{
    const unsigned int nr_pages = count_pages(changes, order, nr);
    struct livepatch_window *w;
    int rc;

    if (nr_pages > MOST_PAGES) {
        return -ENOSPC;
    }
    w = alloc_window(changes, nr, nr_pages);
    if (w == NULL) {
        return -ENOMEM;
    }
    rc = map_changes(w, order);
    if (rc) {
        arch_livepatch_window_close(w);
        return rc;
    }
    make_patching_table();
    *window = w;
    return 0;
}

/* Gives what the tables were. The change also drops what this pCPU knew of an
 * earlier window's aliases. */
static paddr_t __nopatch make_writable(const struct livepatch_window *w)
{
    const paddr_t normal = read_table_base();

    for (unsigned int i = 0; i < w->nr_pages; i++) {
        patching_l1[i] = w->entry[i];
    }
    write_table_base(patching_base);
    return normal;
}

/* Serialises: this pCPU fetches the new text from here on. */
static void __nopatch make_sealed(const struct livepatch_window *w,
                                  paddr_t normal)
{
    write_table_base(normal);
    for (unsigned int i = 0; i < w->nr_pages; i++) {
        patching_l1[i] = 0;
    }
}

/* Trampolines, nearly all there is, take two stores. */
static inline void write_bytes(uint8_t *alias, const uint8_t *bytes,
                               unsigned int nr)
{
    if (likely(nr == ARCH_PATCH_INSN_SIZE)) {
        __builtin_memcpy(alias, bytes, ARCH_PATCH_INSN_SIZE);
    } else {
        memcpy(alias, bytes, nr);
    }
}

void __nopatch
arch_livepatch_window_write(const struct livepatch_window *window)
{
    const paddr_t normal = make_writable(window);
    const struct livepatch_change *change = window->changes;
    uint8_t *const *alias = window->alias;

    for (unsigned int left = window->nr; left; left--) {
        write_bytes(*alias, change->after, change->nr_bytes);
        sync_text(change->where, *alias++, change->nr_bytes);
        change++;
    }
    make_sealed(window, normal);
}

void __nopatch
arch_livepatch_window_restore(const struct livepatch_window *window)
{
    const paddr_t normal = make_writable(window);
    const struct livepatch_change *change = window->changes + window->nr;
    uint8_t *const *alias = window->alias + window->nr;

    for (unsigned int left = window->nr; left; left--) {
        change--;
        write_bytes(*--alias, change->before, change->nr_bytes);
        sync_text(change->where, *alias, change->nr_bytes);
    }
    make_sealed(window, normal);
}

void arch_livepatch_window_close(struct livepatch_window *window)
{
    if (window) {
        xfree(window->entry);
        xfree(window->alias);
        xfree(window);
    }
}
