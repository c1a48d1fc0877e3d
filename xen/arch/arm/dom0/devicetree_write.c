/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dom0's device tree, made of the machine's: what Xen's guests expect to find
 * in it (Linux, Documentation/devicetree/bindings/arm/xen.txt), and nothing of
 * what is the hypervisor's.
 */
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/memory.h>
#include <xen/string.h>
#include <xen/version.h>
#include <libfdt.h>
#include <asm/devicetree.h>

#define EVENT_INTERRUPT_PPI 16 /* the number the binding's users look for */
#define INTERRUPT_PPI 1
#define INTERRUPT_FLAGS 0xf08 /* level low, any CPU */
#define NAME_BYTES 40

/* The one that is being made. */
static void *tree __initdata;

static int __init check(int rc, const char *what)
{
    if (rc < 0) {
        panic("dom0's device tree: %s: %d\n", what, rc);
    }
    return rc;
}

static int __init add_node(int parent, const char *name)
{
    const int there = fdt_subnode_offset(tree, parent, name);

    return there >= 0 ? there
                      : check(fdt_add_subnode(tree, parent, name), name);
}

static void __init set_range(int node, paddr_t start, paddr_t bytes)
{
    const fdt64_t reg[] = {cpu_to_fdt64(start), cpu_to_fdt64(bytes)};

    check(fdt_setprop(tree, node, "reg", reg, sizeof(reg)), "reg");
}

/* Two cells an address and two a size, whatever the root has. */
static int __init find_reserved(void)
{
    const int root = check(fdt_path_offset(tree, "/"), "/");
    const int parent = add_node(root, "reserved-memory");

    check(fdt_setprop_u32(tree, parent, "#address-cells", 2), "cells");
    check(fdt_setprop_u32(tree, parent, "#size-cells", 2), "cells");
    check(fdt_setprop(tree, parent, "ranges", NULL, 0), "ranges");
    return parent;
}

static void __init reserve(paddr_t start, paddr_t bytes)
{
    char name[NAME_BYTES];
    int node;

    snprintf(name, sizeof(name), "xen@%lx", start);
    node = add_node(find_reserved(), name);
    set_range(node, start, bytes);
    check(fdt_setprop(tree, node, "no-map", NULL, 0), "no-map");
}

static void __init remove_modules(void)
{
    const int chosen = check(fdt_path_offset(tree, "/chosen"), "/chosen");
    int node = fdt_first_subnode(tree, chosen);

    while (node >= 0) {
        if (fdt_node_check_compatible(tree, node, "multiboot,module") == 0 ||
            fdt_node_check_compatible(tree, node, "multiboot,kernel") == 0 ||
            fdt_node_check_compatible(tree, node, "multiboot,ramdisk") == 0) {
            check(fdt_del_node(tree, node), "a module");
            node = fdt_first_subnode(tree, chosen);
        } else {
            node = fdt_next_subnode(tree, node);
        }
    }
}

static void __init write_chosen(const struct dom0_facts *facts)
{
    const int chosen = check(fdt_path_offset(tree, "/chosen"), "/chosen");

    (void)fdt_delprop(tree, chosen, "xen,xen-bootargs");
    check(fdt_setprop_string(tree, chosen, "bootargs", facts->cmdline),
          "bootargs");
    if (facts->initrd_start != facts->initrd_end) {
        check(fdt_setprop_u64(tree, chosen, "linux,initrd-start",
                              facts->initrd_start),
              "initrd");
        check(fdt_setprop_u64(tree, chosen, "linux,initrd-end",
                              facts->initrd_end),
              "initrd");
    }
}

/* The hypervisor's own call takes the place of the firmware's. */
static void __init write_psci(void)
{
    const int psci = fdt_path_offset(tree, "/psci");

    if (psci >= 0) {
        check(fdt_setprop_string(tree, psci, "method", "hvc"), "method");
    }
}

static uint32_t __init gic_handle(void)
{
    const int gic = fdt_node_offset_by_compatible(tree, -1, "arm,gic-v3");

    return fdt_get_phandle(tree, check(gic, "the interrupt controller"));
}

static void __init write_hypervisor(const struct dom0_facts *facts)
{
    const fdt32_t interrupt[] = {cpu_to_fdt32(INTERRUPT_PPI), cpu_to_fdt32(0),
                                 cpu_to_fdt32(INTERRUPT_FLAGS)};
    const uint32_t gic = gic_handle();
    char compatible[NAME_BYTES];
    int first, node;

    first = snprintf(compatible, sizeof(compatible), "xen,xen-%u.%u",
                     xen_major_version(), xen_minor_version()) +
            1;
    strlcpy(compatible + first, "xen,xen", sizeof(compatible) - first);
    node = add_node(check(fdt_path_offset(tree, "/"), "/"), "hypervisor");
    check(fdt_setprop(tree, node, "compatible", compatible,
                      first + (int)sizeof("xen,xen")),
          "compatible");
    set_range(node, facts->grants, facts->grants_bytes);
    check(fdt_setprop(tree, node, "interrupts", interrupt, sizeof(interrupt)),
          "interrupts");
    check(fdt_setprop_u32(tree, node, "interrupt-parent", gic),
          "interrupt-parent");
}

void __init devicetree_write(const struct dom0_facts *facts, void *to,
                             size_t bytes)
{
    tree = to;
    check(fdt_open_into(devicetree_of_machine(), tree, (int)bytes), "room");
    remove_modules();
    write_chosen(facts);
    write_psci();
    write_hypervisor(facts);
    reserve(facts->grants, facts->grants_bytes);
    for (unsigned int i = 0; i < NR_OWN_RANGES; i++) {
        reserve(own_memory[i].start, own_memory[i].end - own_memory[i].start);
    }
    check(fdt_pack(tree), "packing");
}
