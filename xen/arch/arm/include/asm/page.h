/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Page sizes, and the kinds of mapping the hypervisor has of its own memory.
 * Flags travel as an unsigned int, one bit for each thing that may be said of
 * a mapping; <asm/page_table.h> makes an entry of them.
 */
#ifndef ASM_PAGE_H
#define ASM_PAGE_H

#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)

#define PTE_PRESENT 0x01u
#define PTE_WRITE 0x02u
#define PTE_DEVICE 0x04u
#define PTE_LARGE 0x08u
#define PTE_FLAG_NX 0x10u

/* There is no kind that is writable and executable. */
#define PAGE_HYPERVISOR_RX PTE_PRESENT
#define PAGE_HYPERVISOR_RO (PAGE_HYPERVISOR_RX | PTE_FLAG_NX)
#define PAGE_HYPERVISOR_RW (PAGE_HYPERVISOR_RO | PTE_WRITE)
#define PAGE_HYPERVISOR_UC (PAGE_HYPERVISOR_RW | PTE_DEVICE)

#endif
