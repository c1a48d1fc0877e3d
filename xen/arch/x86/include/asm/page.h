/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Page sizes, page-table entry bits, and the kinds of mapping the hypervisor
 * has of its own memory. Flags travel as an unsigned int: an entry's low bits
 * as the hardware has them (AMD APM vol. 2, 5.4.1), with the software bit 11
 * standing for the no-execute bit 63.
 */
#ifndef ASM_PAGE_H
#define ASM_PAGE_H

#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)

#define PTE_PRESENT 0x001u
#define PTE_WRITE 0x002u
#define PTE_USER 0x004u
#define PTE_WRITE_THROUGH 0x008u
#define PTE_CACHE_DISABLE 0x010u
#define PTE_ACCESSED 0x020u
#define PTE_DIRTY 0x040u
#define PTE_LARGE 0x080u
#define PTE_FLAG_NX 0x800u /* in flags only; bit 63 in an entry */

/* There is no kind that is writable and executable. */
#define PAGE_HYPERVISOR_RX (PTE_PRESENT | PTE_ACCESSED)
#define PAGE_HYPERVISOR_RO (PAGE_HYPERVISOR_RX | PTE_FLAG_NX)
#define PAGE_HYPERVISOR_RW (PAGE_HYPERVISOR_RO | PTE_WRITE | PTE_DIRTY)
#define PAGE_HYPERVISOR_UC                                                     \
    (PAGE_HYPERVISOR_RW | PTE_CACHE_DISABLE | PTE_WRITE_THROUGH)

#endif
