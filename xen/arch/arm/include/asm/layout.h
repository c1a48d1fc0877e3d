/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where things lie, for C, assembly and the linker script. No region shares a
 * top-level entry (512 GiB) with another, nor with the low addresses at which
 * boot runs until the MMU is on.
 */
#ifndef ASM_LAYOUT_H
#define ASM_LAYOUT_H

/* The image's window: the image, then payloads (VMAP_XEN), all in the reach of
 * one branch. */
#define XEN_VIRT_START 0x0a0000000000
#define XEN_VIRT_END 0x0a0008000000
#define XEN_IMAGE_TABLES 4 /* page tables of 2 MiB each for the image */
#define XEN_IMAGE_MAX (XEN_IMAGE_TABLES * 0x200000)

#define VMAP_DEFAULT_START 0x0b0000000000
#define VMAP_DEFAULT_END 0x0b0040000000
#define STACKS_VIRT_START 0x0c0000000000 /* PCPU_STACK_BYTES a pCPU */
#define IOMAP_VIRT_START 0x0d0000000000  /* device registers */

/* Boot only: physical memory as found, read-only. */
#define BOOTMAP_VIRT_START 0x0e0000000000
#define BOOTMAP_BYTES 0x8000000000

/* Aliases of text in the patching page tables (text_window.c), no others. */
#define PATCH_VIRT_START 0x0f0000000000

#define DIRECTMAP_VIRT_START 0x200000000000
#define DIRECTMAP_VIRT_END 0x210000000000

/* A pCPU's block of stacks, in pages: guard, the stack of a fault for which the
 * main stack has no room, two of guard, four of the main stack. */
#define PCPU_STACK_BYTES 0x8000
#define PCPU_STACK_FAULT_PAGE 1
#define PCPU_STACK_MAIN_PAGE 4

/* Memory attributes by their number in MAIR_EL2: device nGnRE, write-back. */
#define MAIR_HOST 0xff04
#define ATTR_DEVICE 0
#define ATTR_NORMAL 1

/*
 * TCR_EL2: 48 bits of address, 4 KiB pages, inner shareable write-back walks,
 * 40 bits of physical address. SCTLR_EL2: MMU, caches, no write and execute;
 * the rest as the architecture has it reserved (Arm ARM, D13.2.118).
 */
#define TCR_HOST                                                               \
    ((1 << 31) | (1 << 23) | (2 << 16) | (3 << 12) | (1 << 10) | (1 << 8) | 16)
#define SCTLR_OFF 0x30c50830
#define SCTLR_HOST (SCTLR_OFF | (1 << 19) | (1 << 12) | (1 << 3) | (1 << 2) | 1)

#endif
