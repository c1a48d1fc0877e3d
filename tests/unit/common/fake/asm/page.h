/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Pages of the user-mode tests: the machine's own; the kinds of mapping are
 * only told apart.
 */
#ifndef ASM_PAGE_H
#define ASM_PAGE_H

#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)

#define PAGE_HYPERVISOR_RX 1u
#define PAGE_HYPERVISOR_RO 2u
#define PAGE_HYPERVISOR_RW 3u

#endif
