/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stands in front of the hypervisor's <asm/layout.h>: addresses that a program
 * may use. Physical addresses of the program's own objects are its virtual
 * ones. Each region has a top-level entry of its own.
 */
#ifndef ASM_LAYOUT_H
#define ASM_LAYOUT_H

#define XEN_VIRT_START 0UL
#define XEN_LOAD_PADDR 0x200000
#define XEN_IMAGE_TABLES 4
#define DIRECTMAP_VIRT_START 0x1000UL
#define DIRECTMAP_VIRT_END 0x800000000000UL
#define BOOTMAP_VIRT_START 0x180000000000UL
#define BOOTMAP_BYTES 0x8000000000UL
#define IOMAP_VIRT_START 0x280000000000UL
#define PATCH_VIRT_START 0x200000000000UL

#endif
