/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one page of hypervisor memory that dom0 sees: shared info.
 */
#ifndef ASM_SHARED_PAGE_H
#define ASM_SHARED_PAGE_H

/* Makes the page and dom0's struct domain. Boot only. */
void domain_init(void);

#endif
