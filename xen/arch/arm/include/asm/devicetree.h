/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The device tree (Devicetree Specification 0.4) that the firmware or the boot
 * loader gave: what the hypervisor wants of it, and the one that dom0 gets.
 */
#ifndef ASM_DEVICETREE_H
#define ASM_DEVICETREE_H

#include <xen/boot_loader.h>
#include <xen/cpumask.h>
#include <asm/gic.h>

struct machine_facts {
    struct boot_loader_facts loader;
    struct gic_facts gic;
    paddr_t uart;
    unsigned int nr_cpus;
    uint64_t mpidr[NR_CPUS];
};

/*
 * Reads the tree at a physical address, which stays mapped while booting.
 * Panics on what makes no sense. Boot only; the result lives in init data.
 */
const struct machine_facts *devicetree_read(paddr_t where);

/* The modules and the command line, once there is a console to complain to. */
void devicetree_read_modules(void);

/* The tree itself; no more is changed of it. */
const void *devicetree_of_machine(void);

/* What dom0's tree says beside what the machine's says. */
struct dom0_facts {
    const char *cmdline;
    paddr_t initrd_start, initrd_end; /* equal: there is none */
    paddr_t grants, grants_bytes;     /* an area of its own RAM */
};

/*
 * Makes dom0's tree in `bytes` bytes at `tree`: the machine's, without modules
 * and with the hypervisor's memory reserved and its node. Panics when they do
 * not suffice.
 */
void devicetree_write(const struct dom0_facts *facts, void *tree, size_t bytes);

#endif
