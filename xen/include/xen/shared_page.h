/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one page of hypervisor memory that dom0 sees: shared info.
 */
#ifndef XEN_SHARED_PAGE_H
#define XEN_SHARED_PAGE_H

/* Makes the page and dom0's struct domain. Boot only. */
void domain_init(void);

#endif
