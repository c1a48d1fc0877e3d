/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writing to read-only data, for hooks in the stop. There is one further set of
 * page tables, of which only the way down to the image is its own: in it the
 * pages of the hypervisor's constants are writable, and text is what it always
 * is. Only the pCPU that runs a hook uses it, and only for the call.
 */
#include <xen/compiler.h>
#include <xen/kernel.h>
#include <xen/livepatch_arch.h>
#include <xen/mm.h>
#include <xen/paging.h>
#include <xen/string.h>
#include <asm/table_base.h>

static uint64_t hook_l4[PT_ENTRIES] __aligned(PAGE_SIZE);
static uint64_t hook_l3[PT_ENTRIES] __aligned(PAGE_SIZE);
static uint64_t hook_l2[PT_ENTRIES] __aligned(PAGE_SIZE);
static uint64_t hook_l1[XEN_IMAGE_TABLES][PT_ENTRIES] __aligned(PAGE_SIZE);

static paddr_t hook_base, normal_base;
static unsigned int depth;

/* The tables in use that lead to the image: not freed, and not replaced. */
static uint64_t *table_below(const uint64_t *table, unsigned int level)
{
    const uint64_t entry = table[table_index(XEN_VIRT_START, level)];

    return image_virt(entry & PTE_ADDRESS);
}

static void set_table(uint64_t *table, unsigned int index, const void *next)
{
    table[index] = make_entry(image_paddr(next), TABLE_FLAGS);
}

/* Of the image's own pages alone: W and X are never together. */
static void make_writable(const char *start, const char *end)
{
    for (const char *at = start; at < end; at += PAGE_SIZE) {
        const unsigned long va = (unsigned long)at;
        uint64_t *table =
            hook_l1[table_index(va, 2) - table_index((unsigned long)_start, 2)];

        table[table_index(va, 1)] =
            make_entry(image_paddr(at), PAGE_HYPERVISOR_RW);
    }
}

void arch_livepatch_constants_prepare(void)
{
    const unsigned int first = table_index((unsigned long)_start, 2);
    const uint64_t *l3 = table_below(top_table, 4);
    const uint64_t *l2 = table_below(l3, 3);

    memcpy(hook_l4, top_table, PAGE_SIZE);
    memcpy(hook_l3, l3, PAGE_SIZE);
    memcpy(hook_l2, l2, PAGE_SIZE);
    set_table(hook_l4, table_index(XEN_VIRT_START, 4), hook_l3);
    set_table(hook_l3, table_index(XEN_VIRT_START, 3), hook_l2);
    for (unsigned int i = 0; i < XEN_IMAGE_TABLES; i++) {
        const paddr_t next = l2[first + i] & PTE_ADDRESS;

        memcpy(hook_l1[i], image_virt(next), PAGE_SIZE);
        set_table(hook_l2, first + i, hook_l1[i]);
    }
    make_writable(_srodata, _erodata);
    make_writable(_sro_after_init, _ero_after_init);
    hook_base = image_paddr(hook_l4);
}

void __nopatch arch_livepatch_constants_open(void)
{
    if (depth++ == 0) {
        normal_base = read_table_base();
        write_table_base(hook_base);
    }
}

void __nopatch arch_livepatch_constants_close(void)
{
    if (--depth == 0) {
        write_table_base(normal_base);
    }
}
