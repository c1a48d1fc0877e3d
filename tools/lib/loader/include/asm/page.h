/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Page size and kinds of mapping of the user-mode host. A kind is a set of
 * mmap()'s PROT_* bits, by their numbers on every Linux.
 */
#ifndef ASM_PAGE_H
#define ASM_PAGE_H

#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)

#define HOST_PROT_READ 1u
#define HOST_PROT_WRITE 2u
#define HOST_PROT_EXEC 4u

#define PAGE_HYPERVISOR_RX (HOST_PROT_READ | HOST_PROT_EXEC)
#define PAGE_HYPERVISOR_RO HOST_PROT_READ
#define PAGE_HYPERVISOR_RW (HOST_PROT_READ | HOST_PROT_WRITE)

#endif
