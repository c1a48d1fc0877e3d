/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What of dom0's stores to the interrupt controller's registers may pass. Pure:
 * numbers in, numbers out.
 */
#ifndef ASM_GIC_FILTER_H
#define ASM_GIC_FILTER_H

#include <xen/types.h>

/* The software-generated interrupt that is the hypervisor's. */
#define GIC_KICK 15

enum gic_frame {
    GIC_DISTRIBUTOR,
    GIC_REDISTRIBUTOR, /* its first frame, "RD_base" */
    GIC_SGI_FRAME,     /* its second, "SGI_base" */
};

/*
 * The value that is written in the place of dom0's, of `bytes` bytes at the
 * offset in the frame: all interrupts but the kick stay in group 1, the kick
 * stays in group 0, enabled, of the highest priority, and is neither made
 * pending nor active; group 0 and affinity routing stay on.
 */
uint64_t gic_filter_store(enum gic_frame frame, uint32_t offset,
                          unsigned int bytes, uint64_t value);

#endif
