/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The second stage of dom0's translations: identity, 40 bits, without what is
 * the hypervisor's, and the interrupt controller's registers readable only.
 */
#ifndef ASM_STAGE2_H
#define ASM_STAGE2_H

#include <xen/compiler.h>
#include <xen/types.h>

/* Makes the tables. Boot only, once memory is shared out. */
void stage2_init(paddr_t gic_distributor, paddr_t distributor_bytes,
                 paddr_t gic_redistributors, paddr_t redistributors_bytes);

/* Loads them on this pCPU. */
void stage2_load(void);

#endif
