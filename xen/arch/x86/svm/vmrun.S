/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Into the guest and back: swaps the general registers and the state that
 * VMRUN leaves alone (FS, GS, TR, LDTR, system-call MSRs: VMLOAD and VMSAVE; the
 * host's never changes and was saved once, by vcpu_run()). Runs with the global
 * interrupt flag clear on both sides.
 */

#define REGS_RCX 8
#define REGS_RDX 16
#define REGS_RBX 24
#define REGS_RBP 40
#define REGS_RSI 48
#define REGS_RDI 56
#define REGS_R8 64
#define VMCB_PADDR 128
#define HOST_PADDR 136

    .text
/* void svm_run(struct vcpu *v) */
    .globl svm_run
svm_run:
    push %rbp
    mov %rsp, %rbp
    push %rbx
    push %r12
    push %r13
    push %r14
    push %r15
    push %rdi

    mov VMCB_PADDR(%rdi), %rax
    vmload %rax
    mov REGS_RCX(%rdi), %rcx
    mov REGS_RDX(%rdi), %rdx
    mov REGS_RBX(%rdi), %rbx
    mov REGS_RBP(%rdi), %rbp
    mov REGS_RSI(%rdi), %rsi
    .irp n, 8, 9, 10, 11, 12, 13, 14, 15
    mov REGS_R8 + (\n - 8) * 8(%rdi), %r\n
    .endr
    mov REGS_RDI(%rdi), %rdi

    vmrun %rax
    vmsave %rax /* rax, rsp and rip are the host's again, nothing else is */

    xchg %rdi, (%rsp)
    mov HOST_PADDR(%rdi), %rax
    vmload %rax
    mov %rcx, REGS_RCX(%rdi)
    mov %rdx, REGS_RDX(%rdi)
    mov %rbx, REGS_RBX(%rdi)
    mov %rbp, REGS_RBP(%rdi)
    mov %rsi, REGS_RSI(%rdi)
    .irp n, 8, 9, 10, 11, 12, 13, 14, 15
    mov %r\n, REGS_R8 + (\n - 8) * 8(%rdi)
    .endr
    popq REGS_RDI(%rdi)

    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbx
    pop %rbp
    ret
