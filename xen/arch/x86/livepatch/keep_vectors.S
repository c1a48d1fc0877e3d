/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The XMM registers, kept around a call. The stack is aligned to 16 bytes there,
 * as the psABI promises to the called.
 */

#define XMM_BYTES 16
#define NR_XMM 16

    .text
/* void call_keeping_xmm(void (*fn)(void *arg), void *arg) */
    .globl call_keeping_xmm
    .type call_keeping_xmm, @function
call_keeping_xmm:
    push %rbp
    mov %rsp, %rbp
    and $-16, %rsp
    sub $(NR_XMM * XMM_BYTES), %rsp
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    movaps %xmm\n, \n * XMM_BYTES(%rsp)
    .endr

    mov %rdi, %rax
    mov %rsi, %rdi
    call *%rax

    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    movaps \n * XMM_BYTES(%rsp), %xmm\n
    .endr
    leave
    ret
    .size call_keeping_xmm, . - call_keeping_xmm
