/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where things lie, for C, assembly and the linker script. Virtual addresses
 * are chosen so that no region shares a top-level entry with another kind of
 * mapping that comes and goes. Nothing lies in the lower half once all pCPUs
 * are up.
 */
#ifndef ASM_LAYOUT_H
#define ASM_LAYOUT_H

/* The image's window: the image, then payloads (VMAP_XEN). */
#define XEN_VIRT_START 0xffff82d040000000
#define XEN_VIRT_END 0xffff82d080000000
#define XEN_LOAD_PADDR 0x200000 /* physical = virtual - XEN_VIRT_START */
#define XEN_IMAGE_TABLES 4      /* page tables of 2 MiB each for the image */
#define XEN_IMAGE_MAX (XEN_IMAGE_TABLES * 0x200000)

#define VMAP_DEFAULT_START 0xffff82c000000000
#define VMAP_DEFAULT_END 0xffff82c040000000
#define STACKS_VIRT_START 0xffff82c800000000 /* PCPU_STACK_BYTES a pCPU */
#define IOMAP_VIRT_START 0xffff82cc00000000  /* device registers */

#define DIRECTMAP_VIRT_START 0xffff830000000000
#define DIRECTMAP_VIRT_END 0xffff880000000000

/* Boot only: physical memory as found, read-only. */
#define BOOTMAP_VIRT_START 0xffff808000000000
#define BOOTMAP_BYTES 0x8000000000

/* Aliases of text in the patching page tables (text_window.c), no others. */
#define PATCH_VIRT_START 0xffff810000000000

/* Low memory that boot borrows from dom0's RAM. */
#define AP_START_PADDR 0x8000
#define BOOT_PARAMS_PADDR 0x10000
#define DOM0_CMDLINE_PADDR 0x20000
#define DOM0_CMDLINE_BYTES 4096 /* what <xen/boot_loader.h> has */
#define LOW_RAM_END 0x80000     /* that much is RAM on every PC */

/* Segment selectors: the same in the boot GDT and in each pCPU's. */
#define SEL_CODE32 0x08
#define SEL_DATA 0x10
#define SEL_CODE64 0x18
#define SEL_TSS 0x20

/* Control register and EFER values of the host. */
#define CR0_PG 0x80000000
#define CR0_HOST 0x80010033 /* PG, WP, NE, ET, MP, PE */
#define CR4_HOST 0x60       /* MCE, PAE */
#define MSR_EFER 0xc0000080
#define EFER_SCE 0x001
#define EFER_LME 0x100
#define EFER_LMA 0x400
#define EFER_NXE 0x800
#define EFER_SVME 0x1000
#define EFER_FFXSR 0x4000
#define EFER_TCE 0x8000
#define EFER_AIBRSE 0x200000

/*
 * A pCPU's block of stacks, in pages: guard, double fault, machine check,
 * guard, four pages of the main stack.
 */
#define PCPU_STACK_BYTES 0x8000
#define PCPU_STACK_DF_PAGE 1
#define PCPU_STACK_MC_PAGE 2
#define PCPU_STACK_MAIN_PAGE 4

#endif
