/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From the multiboot loader to C. Entered in flat 32-bit mode without paging,
 * at the physical load address; clears .bss, fills the page tables of the
 * image with each section's permissions, turns on long mode and calls
 * start_xen(physical address of the multiboot information).
 *
 * Paging is on only with those tables, so nothing is ever mapped writable and
 * executable. The lower half holds this file's one page, executable, until
 * start_xen() takes it away.
 */
#include <asm/layout.h>

#define PHYS(symbol) ((symbol)-XEN_VIRT_START)

/* Multiboot specification 0.6.96, 3.1. */
#define MULTIBOOT_MAGIC 0x1badb002
#define MULTIBOOT_LOADED 0x2badb002
#define MULTIBOOT_FLAGS 0x10003 /* page align, memory map, addresses below */

#define ENTRY_TABLE 0x63 /* present, writable, accessed, dirty */
#define ENTRY_RX 0x21
#define ENTRY_RO 0x21
#define ENTRY_RW 0x63
#define ENTRY_NX_HIGH 0x80000000

    .section .boot.text, "ax"
    .code32
    .balign 4
multiboot_header:
    .long MULTIBOOT_MAGIC
    .long MULTIBOOT_FLAGS
    .long -(MULTIBOOT_MAGIC + MULTIBOOT_FLAGS)
    .long PHYS(multiboot_header)
    .long PHYS(_start)
    .long PHYS(_load_end)
    .long PHYS(_end)
    .long PHYS(start)

/* eax: loader's magic, ebx: multiboot information */
    .globl start
start:
    cli
    cld
    mov %ebx, %ebp
    cmp $MULTIBOOT_LOADED, %eax
    jne unusable

    xor %eax, %eax
    mov $PHYS(_sbss), %edi
    mov $PHYS(_end), %ecx
    sub %edi, %ecx
    shr $2, %ecx
    rep stosl
    mov $PHYS(boot_stack_end), %esp

    mov $0x80000000, %eax
    cpuid
    cmp $0x80000001, %eax
    jb unusable
    mov $0x80000001, %eax
    cpuid
    and $((1 << 29) | (1 << 20)), %edx /* long mode, no-execute */
    cmp $((1 << 29) | (1 << 20)), %edx
    jne unusable

    mov $PHYS(_stext), %esi
    mov $PHYS(_etext), %edi
    mov $ENTRY_RX, %eax
    xor %edx, %edx
    call fill_image_tables
    mov $PHYS(_erodata), %edi
    mov $ENTRY_RO, %eax
    mov $ENTRY_NX_HIGH, %edx
    call fill_image_tables
    mov $PHYS(_ero_after_init), %edi
    mov $ENTRY_RW, %eax
    mov $ENTRY_NX_HIGH, %edx
    call fill_image_tables
    mov $PHYS(_einittext), %edi
    mov $ENTRY_RX, %eax
    xor %edx, %edx
    call fill_image_tables
    mov $PHYS(_end), %edi
    mov $ENTRY_RW, %eax
    mov $ENTRY_NX_HIGH, %edx
    call fill_image_tables

    lgdt PHYS(boot_gdt_pointer)
    mov $CR4_HOST, %eax
    mov %eax, %cr4
    mov $PHYS(low_pml4), %eax
    mov %eax, %cr3
    mov $MSR_EFER, %ecx
    rdmsr
    or $(EFER_NXE | EFER_LME), %eax
    wrmsr
    mov $CR0_HOST, %eax
    mov %eax, %cr0
    ljmp $SEL_CODE64, $PHYS(start64)

/*
 * Maps the pages from esi up to edi with entries of edx:eax's flags; leaves
 * esi at edi. Clobbers ebx, ecx.
 */
fill_image_tables:
    cmp %edi, %esi
    jae 1f
    mov %esi, %ebx
    sub $XEN_LOAD_PADDR, %ebx
    shr $9, %ebx /* a page's entry: 8 bytes for 4096 */
    mov %esi, %ecx
    or %eax, %ecx
    mov %ecx, PHYS(image_tables)(%ebx)
    mov %edx, PHYS(image_tables) + 4(%ebx)
    add $4096, %esi
    jmp fill_image_tables
1:  ret

/* Not loaded by a multiboot loader, or not a machine that this can run on. */
unusable:
    mov $PHYS(unusable_text), %esi
1:  mov (%esi), %al
    test %al, %al
    jz 2f
    mov $0x3f8, %dx
    out %al, %dx
    out %al, $0xe9
    inc %esi
    jmp 1b
2:  hlt
    jmp 2b
unusable_text:
    .asciz "no multiboot loader, or a CPU without long mode or NX\r\n"

    .code64
start64:
    movabs $start_high, %rax
    jmp *%rax

    .balign 8
boot_gdt:
    .quad 0
    .quad 0x00cf9b000000ffff /* SEL_CODE32 */
    .quad 0x00cf93000000ffff /* SEL_DATA */
    .quad 0x00af9b000000ffff /* SEL_CODE64 */
boot_gdt_end:
boot_gdt_pointer:
    .word boot_gdt_end - boot_gdt - 1
    .long PHYS(boot_gdt)

    .text
start_high:
    mov $SEL_DATA, %eax
    mov %eax, %ds
    mov %eax, %es
    mov %eax, %ss
    xor %eax, %eax
    mov %eax, %fs
    mov %eax, %gs
    lea boot_stack_end(%rip), %rsp
    mov %ebp, %edi
    xor %ebp, %ebp
    call start_xen
    ud2

/* void switch_stack(stack_top, function): calls function, no way back. */
    .globl switch_stack
switch_stack:
    mov %rdi, %rsp
    xor %ebp, %ebp
    call *%rsi
    ud2

/*
 * Static page tables. idle_pml4 is everyone's from start_xen() on; low_pml4 is
 * the same with the lower half that boot and starting pCPUs need.
 */
    .section .data.page_aligned, "aw"
    .globl idle_pml4, low_pml4, low_l2, image_l3, image_l2, image_tables
    .balign 4096
low_pml4:
    .quad PHYS(low_l3) + ENTRY_TABLE
    .fill 260, 8, 0
    .quad PHYS(image_l3) + ENTRY_TABLE
    .fill 250, 8, 0
idle_pml4:
    .fill 261, 8, 0
    .quad PHYS(image_l3) + ENTRY_TABLE
    .fill 250, 8, 0
low_l3:
    .quad PHYS(low_l2) + ENTRY_TABLE
    .fill 511, 8, 0
low_l2:
    .quad 0 /* for starting pCPUs */
    .quad PHYS(low_boot_table) + ENTRY_TABLE
    .fill 510, 8, 0
low_boot_table:
    .quad XEN_LOAD_PADDR + ENTRY_RX
    .fill 511, 8, 0
image_l3:
    .fill 321, 8, 0
    .quad PHYS(image_l2) + ENTRY_TABLE
    .fill 190, 8, 0
image_l2:
    .quad 0
    .set table, 0
    .rept XEN_IMAGE_TABLES
    .quad PHYS(image_tables) + table * 4096 + ENTRY_TABLE
    .set table, table + 1
    .endr
    .fill 511 - XEN_IMAGE_TABLES, 8, 0

    .section .bss.page_aligned, "aw", @nobits
    .balign 4096
image_tables:
    .skip XEN_IMAGE_TABLES * 4096
boot_stack:
    .skip 16384
boot_stack_end:
