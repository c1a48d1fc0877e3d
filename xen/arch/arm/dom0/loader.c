/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dom0's memory at its start: the kernel where the boot loader put it, or, if
 * it cannot run there, where it can; the initrd where it is; a device tree and
 * an area for grants where there is room. arm64 Linux boot protocol (Linux,
 * Documentation/arm64/booting.rst).
 */
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/memory.h>
#include <xen/mm.h>
#include <xen/string.h>
#include <asm/dom0.h>
#include <asm/page_table.h>
#include <asm/smp.h>
#include <asm/vcpu.h>

#define TREE_BYTES LARGE_PAGE_BYTES
#define GRANTS_BYTES LARGE_PAGE_BYTES
#define KERNEL_ALIGN LARGE_PAGE_BYTES
#define TEXT_OFFSET_AT 8
#define NR_TAKEN 5 /* kernel, there and here; initrd; grants; tree */

static struct memory_range taken[NR_TAKEN] __initdata;
static unsigned int nr_taken __initdata;

static void __init take(paddr_t start, paddr_t end)
{
    BUG_ON(nr_taken == NR_TAKEN);
    taken[nr_taken++] = (struct memory_range){.start = start, .end = end};
}

static paddr_t __init find_room(paddr_t bytes, const char *what)
{
    const struct memmap_wish wish = {
        .bytes = ROUNDUP(bytes, LARGE_PAGE_BYTES),
        .align = LARGE_PAGE_BYTES,
        .limit = INVALID_PADDR,
    };
    const paddr_t start = memmap_find(&dom0_memmap, &wish, taken, nr_taken);

    if (start == INVALID_PADDR) {
        panic("no %lu bytes of RAM for dom0's %s\n", bytes, what);
    }
    take(start, start + wish.bytes);
    return start;
}

/* Where it is entered. */
static paddr_t __init place_kernel(const struct boot_module *kernel)
{
    uint64_t offset;
    paddr_t start;

    memcpy(&offset, (const char *)maddr_to_virt(kernel->start) + TEXT_OFFSET_AT,
           sizeof(offset));
    if (offset >= KERNEL_ALIGN) {
        panic("dom0's kernel wants to lie %#lx bytes above a multiple of "
              "2 MiB\n",
              offset);
    }
    if ((kernel->start - offset) % KERNEL_ALIGN == 0 &&
        memmap_is_ram(&dom0_memmap, kernel->start, kernel->end)) {
        return kernel->start;
    }
    start = find_room(kernel->end - kernel->start + offset, "kernel") + offset;
    memcpy(maddr_to_virt(start), maddr_to_virt(kernel->start),
           kernel->end - kernel->start);
    return start;
}

/* The kernel reads all this before it turns its caches on. */
static void __init clean_to_memory(const void *start, size_t bytes)
{
    for (size_t at = 0; at < bytes; at += 16) {
        __asm__ __volatile__("dc civac, %0"
                             :
                             : "r"((const char *)start + at)
                             : "memory");
    }
    __asm__ __volatile__("dsb sy" : : : "memory");
}

void __init dom0_load(const struct machine_facts *facts)
{
    const struct boot_module *kernel = &facts->loader.module[0];
    const struct boot_module *initrd = &facts->loader.module[1];
    struct dom0_facts dom0_facts = {.cmdline = kernel->cmdline};
    paddr_t entry, tree;

    take(kernel->start, kernel->end);
    if (facts->loader.nr_modules > 1) {
        take(initrd->start, initrd->end);
        dom0_facts.initrd_start = initrd->start;
        dom0_facts.initrd_end = initrd->end;
    }
    entry = place_kernel(kernel);
    dom0_facts.grants = find_room(GRANTS_BYTES, "grants");
    dom0_facts.grants_bytes = GRANTS_BYTES;
    tree = find_room(TREE_BYTES, "device tree");
    devicetree_write(&dom0_facts, maddr_to_virt(tree), TREE_BYTES);
    clean_to_memory(maddr_to_virt(tree), TREE_BYTES);
    printk(XENLOG_INFO "dom0: kernel at %#lx, device tree at %#lx\n", entry,
           tree);
    vcpu_begin(this_pcpu()->vcpu, entry, tree);
}
