/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From the boot loader to C. Entered at EL2 with MMU and data cache off, at the
 * physical address where the image was put (2 MiB aligned), by the arm64 Linux
 * boot protocol: x0 is the device tree's address. Has the page tables made
 * (boot_tables.c), turns the MMU on with those and goes on at the addresses
 * that the image is linked for. Every other pCPU comes the same way, by
 * ap_start, with the tables there.
 */
#include <asm/layout.h>

#define EL2 (2 << 2) /* CurrentEL */

    .section .boot.text, "ax"
    /* arm64 Linux boot protocol: "Image header". */
    .globl start
start:
    b boot
    .long 0
    .quad 0             /* text_offset */
    .quad image_bytes   /* image_size */
    .quad 0xa           /* little endian, 4 KiB pages, anywhere */
    .quad 0, 0, 0
    .ascii "ARM\x64"
    .long 0

    /* Gives the mask of all exceptions and a known SCTLR_EL2. */
    .macro quiet
    msr daifset, #15
    mrs x9, CurrentEL
    cmp x9, #EL2
1:  b.ne 1b /* nothing can be said from elsewhere */
    ldr x9, =SCTLR_OFF
    msr sctlr_el2, x9
    isb
    .endm

    /* MMU and caches on; the next address is the label's linked one. */
    .macro leap_to label
    ldr x9, =MAIR_HOST
    msr mair_el2, x9
    ldr x9, =TCR_HOST
    msr tcr_el2, x9
    adrp x9, top_table
    add x9, x9, :lo12:top_table
    msr ttbr0_el2, x9
    dsb sy
    tlbi alle2
    ic iallu
    dsb sy
    isb
    ldr x9, =SCTLR_HOST
    msr sctlr_el2, x9
    isb
    ldr x9, =\label
    br x9
    .endm

boot:
    quiet
    mov x19, x0
    adrp x0, _sbss
    adrp x1, _ebss
1:  cmp x0, x1
    b.hs 2f
    stp xzr, xzr, [x0], #16
    b 1b
2:  adrp x0, boot_stack + PCPU_STACK_BYTES
    mov sp, x0
    adrp x20, _start
    mov x0, x20
    bl make_boot_tables
    leap_to boot_mapped

boot_mapped:
    ldr x9, =boot_stack + PCPU_STACK_BYTES
    mov sp, x9
    mov x29, xzr
    mov x30, xzr
    mov x0, x20
    mov x1, x19
    b start_xen

/* By PSCI CPU_ON: x0 is what the caller said, the pCPU's block. */
    .globl ap_start
ap_start:
    quiet
    mov x19, x0
    leap_to ap_mapped

ap_mapped:
    msr tpidr_el2, x19
    ldr x9, =ap_stack_top
    ldr x9, [x9]
    mov sp, x9
    mov x29, xzr
    mov x30, xzr
    b ap_main

    .ltorg

    .text
    .globl switch_stack
switch_stack:
    mov sp, x0
    mov x29, xzr
    mov x30, xzr
    br x1

    .section .bss.page_aligned, "aw", %nobits
    .balign 4096
boot_stack:
    .skip PCPU_STACK_BYTES
