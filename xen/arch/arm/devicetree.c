/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading the machine's device tree, with libfdt. Modules are as Xen's boot
 * protocol for arm has them: children of /chosen, compatible with
 * "multiboot,kernel" and "multiboot,ramdisk".
 */
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/paging.h>
#include <xen/string.h>
#include <libfdt.h>
#include <asm/devicetree.h>

#define TREE_MOST_BYTES MB(2UL)
#define CELL_BYTES 4

#define IMAGE_MAGIC 0x644d5241 /* "ARM\x64" */
#define IMAGE_MAGIC_AT 56
#define IMAGE_SIZE_AT 16

/* Mapped as found, until dom0 is entered. */
static const void *machine_tree __initdata;

static struct machine_facts facts __initdata;

static uint64_t __init read_cells(const fdt32_t *cell, int nr)
{
    uint64_t value = 0;

    for (int i = 0; i < nr; i++) {
        value = value << 32 | fdt32_to_cpu(cell[i]);
    }
    return value;
}

/* Of a node's children; /chosen may leave it to its parent's. */
static int __init count_cells(int node, const char *property, int otherwise)
{
    int length;
    const fdt32_t *cells = fdt_getprop(machine_tree, node, property, &length);

    if (cells == NULL || length != CELL_BYTES) {
        return otherwise;
    }
    return (int)fdt32_to_cpu(*cells);
}

/* Number `index` of the node's ranges in `reg`; false when there is none. */
static bool __init read_reg(int node, unsigned int index, paddr_t *start,
                            paddr_t *bytes)
{
    const void *tree = machine_tree;
    const int parent = fdt_parent_offset(tree, node);
    const int nr_address =
        count_cells(parent, "#address-cells", fdt_address_cells(tree, 0));
    const int nr_size =
        count_cells(parent, "#size-cells", fdt_size_cells(tree, 0));
    int length;
    const fdt32_t *reg = fdt_getprop(tree, node, "reg", &length);

    if (reg == NULL || nr_address < 1 || nr_address > 2 || nr_size < 0 ||
        nr_size > 2 ||
        (uint64_t)length / CELL_BYTES <
            (index + 1UL) * (unsigned int)(nr_address + nr_size)) {
        return false;
    }
    reg += index * (unsigned int)(nr_address + nr_size);
    *start = read_cells(reg, nr_address);
    *bytes = read_cells(reg + nr_address, nr_size);
    return true;
}

static void __init open_tree(paddr_t where)
{
    const void *header = boot_map(where, sizeof(struct fdt_header));

    if (header == NULL || fdt_check_header(header) ||
        fdt_totalsize(header) > TREE_MOST_BYTES) {
        panic("no device tree at %#lx\n", where);
    }
    machine_tree = boot_map(where, fdt_totalsize(header));
    if (machine_tree == NULL) {
        panic("the device tree at %#lx cannot be mapped\n", where);
    }
}

const void *__init devicetree_of_machine(void)
{
    return machine_tree;
}

static void __init add_ram(int node)
{
    paddr_t start, bytes;

    for (unsigned int i = 0; read_reg(node, i, &start, &bytes); i++) {
        if (memmap_add(&facts.loader.memmap, start, start + bytes,
                       MEMORY_RAM)) {
            panic("device tree: memory at %#lx, %#lx bytes\n", start, bytes);
        }
    }
}

static void __init read_memory(void)
{
    const void *tree = machine_tree;
    int node = -1;

    for (;;) {
        node = fdt_node_offset_by_prop_value(tree, node, "device_type",
                                             "memory", sizeof("memory"));
        if (node < 0) {
            break;
        }
        add_ram(node);
    }
}

static void __init read_reserved(void)
{
    const void *tree = machine_tree;
    const int parent = fdt_path_offset(tree, "/reserved-memory");
    paddr_t start, bytes;
    int node;

    if (parent < 0) {
        return;
    }
    fdt_for_each_subnode(node, tree, parent)
    {
        for (unsigned int i = 0; read_reg(node, i, &start, &bytes); i++) {
            const paddr_t end = start + bytes;

            /* What is not RAM is none of ours. */
            if (memmap_is_ram(&facts.loader.memmap, start, end) &&
                memmap_reserve(&facts.loader.memmap, start, end)) {
                panic("device tree: too many pieces of memory\n");
            }
        }
    }
}

static void __init read_cpus(void)
{
    const void *tree = machine_tree;
    const int parent = fdt_path_offset(tree, "/cpus");
    paddr_t affinity, nothing;
    int node;

    fdt_for_each_subnode(node, tree, parent)
    {
        const char *type = fdt_getprop(tree, node, "device_type", NULL);

        if (type == NULL || strcmp(type, "cpu") != 0 ||
            !read_reg(node, 0, &affinity, &nothing)) {
            continue;
        }
        if (facts.nr_cpus == NR_CPUS) {
            panic("device tree: more than %u CPUs\n", NR_CPUS);
        }
        facts.mpidr[facts.nr_cpus++] = affinity;
    }
}

static void __init read_gic(void)
{
    const int node =
        fdt_node_offset_by_compatible(machine_tree, -1, "arm,gic-v3");

    if (node < 0 ||
        !read_reg(node, 0, &facts.gic.distributor,
                  &facts.gic.distributor_bytes) ||
        !read_reg(node, 1, &facts.gic.redistributors,
                  &facts.gic.redistributors_bytes)) {
        panic("device tree: no GICv3\n");
    }
}

static void __init read_uart(void)
{
    const int node =
        fdt_node_offset_by_compatible(machine_tree, -1, "arm,pl011");
    paddr_t bytes;

    if (node >= 0) {
        (void)read_reg(node, 0, &facts.uart, &bytes);
    }
}

static void __init read_text(int node, const char *property, char *to,
                             size_t size)
{
    const char *text = fdt_getprop(machine_tree, node, property, NULL);

    if (text && strlcpy(to, text, size) >= size) {
        panic("device tree: %s is longer than %zu bytes\n", property, size - 1);
    }
}

/* A kernel takes more memory than it has bytes; its header says how much. */
static void __init extend_kernel(struct boot_module *kernel)
{
    const uint8_t *header = boot_map(kernel->start, IMAGE_MAGIC_AT + 4);
    uint32_t magic;
    uint64_t bytes;

    if (header == NULL) {
        panic("dom0's kernel at %#lx cannot be mapped\n", kernel->start);
    }
    memcpy(&magic, header + IMAGE_MAGIC_AT, sizeof(magic));
    memcpy(&bytes, header + IMAGE_SIZE_AT, sizeof(bytes));
    if (magic != IMAGE_MAGIC || bytes > GB(1UL)) {
        panic("dom0's kernel at %#lx is no arm64 Image\n", kernel->start);
    }
    kernel->end = max(kernel->end, kernel->start + bytes);
}

static void __init read_module(int node, struct boot_module *module)
{
    paddr_t bytes;

    if (!read_reg(node, 0, &module->start, &bytes) || bytes == 0) {
        panic("device tree: a module without a place\n");
    }
    module->end = module->start + bytes;
    read_text(node, "bootargs", module->cmdline, sizeof(module->cmdline));
}

static void __init read_chosen(void)
{
    const void *tree = machine_tree;
    const int chosen = fdt_path_offset(tree, "/chosen");
    bool has_kernel = false;
    int node;

    if (chosen < 0) {
        panic("device tree: no /chosen\n");
    }
    read_text(chosen, "bootargs", facts.loader.cmdline,
              sizeof(facts.loader.cmdline));
    read_text(chosen, "xen,xen-bootargs", facts.loader.cmdline,
              sizeof(facts.loader.cmdline));
    fdt_for_each_subnode(node, tree, chosen)
    {
        if (fdt_node_check_compatible(tree, node, "multiboot,kernel") == 0) {
            read_module(node, &facts.loader.module[0]);
            has_kernel = true;
        } else if (fdt_node_check_compatible(tree, node, "multiboot,ramdisk") ==
                   0) {
            read_module(node, &facts.loader.module[1]);
            facts.loader.nr_modules = 2;
        }
    }
    if (!has_kernel) {
        panic("device tree: no module with dom0's kernel\n");
    }
    facts.loader.nr_modules = max(facts.loader.nr_modules, 1u);
    extend_kernel(&facts.loader.module[0]);
}

const struct machine_facts *__init devicetree_read(paddr_t where)
{
    open_tree(where);
    read_uart();
    read_memory();
    read_reserved();
    read_cpus();
    read_gic();
    return &facts;
}

void __init devicetree_read_modules(void)
{
    read_chosen();
}
