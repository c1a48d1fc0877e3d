/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The interrupt controller, a GICv3 (Arm IHI 0069). Group 1 interrupts are
 * dom0's: they go to EL1 as IRQs without our doing. Group 0 is the
 * hypervisor's: one software-generated interrupt, the kick, which is an FIQ.
 */
#ifndef ASM_GIC_H
#define ASM_GIC_H

#include <xen/compiler.h>
#include <xen/cpumask.h>
#include <xen/types.h>

/* What the device tree says of it. */
struct gic_facts {
    paddr_t distributor;
    paddr_t distributor_bytes;
    paddr_t redistributors; /* one region */
    paddr_t redistributors_bytes;
};

/* Maps it. Panics when it is not one that is understood. Boot only. */
void gic_init(const struct gic_facts *facts);

/* On each pCPU: finds its redistributor, arms the kick, and leaves the rest to
 * dom0. */
void gic_init_pcpu(void);

/* Sends the kick to each pCPU of the set; never to the caller. */
void gic_send_kick(const cpumask_t *cpus);

/* Acknowledges a kick that is pending here; false when there is none. */
bool gic_take_kick(void);

/* dom0's write to SGI1R_EL1: sent as it is. */
void gic_send_group1(uint64_t value);

/*
 * dom0's store of `bytes` bytes to a register of the distributor or of a
 * redistributor, at a physical address that gic_owns(): carried out, but for
 * what would take the kick away. False: no such register.
 */
bool gic_owns(paddr_t paddr);
bool gic_serve_store(paddr_t paddr, unsigned int bytes, uint64_t value);

#endif
