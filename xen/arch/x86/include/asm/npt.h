/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The nested page tables: dom0 sees physical memory where it is, less what is
 * the hypervisor's; its local APIC can be read but not written.
 */
#ifndef ASM_NPT_H
#define ASM_NPT_H

#include <xen/compiler.h>
#include <xen/types.h>

/* Builds them from memory.c's ranges; panics without memory. Boot only. */
void npt_init(void);
paddr_t npt_root(void);

/*
 * Makes an address that is nobody's RAM (a device above what npt_init()
 * mapped) reachable; one that is reachable already stays as it is. 0; -EPERM
 * when it is the hypervisor's memory or past what the processor can address;
 * -ENOMEM, also when dom0 has had its share of page tables.
 */
int npt_add_device(paddr_t gpa) __must_check;

/*
 * The hypervisor's address of the byte of dom0's RAM at gpa (the shared-info
 * page counts), good up to the end of its page; NULL when there is no RAM or it
 * is not dom0's.
 */
void *npt_ram(paddr_t gpa);

/* True when the tables have changed since *seen; brings *seen up to date. */
bool npt_is_stale(uint64_t *seen);

#endif
