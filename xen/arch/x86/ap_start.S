/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where a start-up IPI sends a secondary pCPU: copied to AP_START_PADDR below
 * 1 MiB, entered in real mode, goes through 32-bit mode to long mode with the
 * boot page tables (which map the copy executable) and then to ap_main() on
 * the stack that smp.c left in ap_stack_top.
 */
#include <asm/layout.h>

#define PHYS(symbol) ((symbol)-XEN_VIRT_START)
#define COPY(symbol) ((symbol)-ap_start + AP_START_PADDR)

    .section .rodata
    .globl ap_start, ap_start_end
    .balign 16
    .code16
ap_start:
    cli
    mov %cs, %ax
    mov %ax, %ds
    lgdtl ap_gdt_pointer - ap_start
    mov $1, %eax
    mov %eax, %cr0
    ljmpl $SEL_CODE32, $COPY(1f)
    .code32
1:  mov $SEL_DATA, %eax
    mov %eax, %ds
    mov %eax, %es
    mov %eax, %ss
    xor %eax, %eax
    mov %eax, %fs
    mov %eax, %gs
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
    ljmp $SEL_CODE64, $COPY(2f)
    .code64
2:  movabs $ap_start_high, %rax
    jmp *%rax

    .balign 8
ap_gdt:
    .quad 0
    .quad 0x00cf9b000000ffff /* SEL_CODE32 */
    .quad 0x00cf93000000ffff /* SEL_DATA */
    .quad 0x00af9b000000ffff /* SEL_CODE64 */
ap_gdt_end:
ap_gdt_pointer:
    .word ap_gdt_end - ap_gdt - 1
    .long COPY(ap_gdt)
ap_start_end:

    .text
ap_start_high:
    movabs $PHYS(idle_pml4), %rax
    mov %rax, %cr3
    mov ap_stack_top(%rip), %rsp
    xor %ebp, %ebp
    call ap_main
    ud2
