/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where exceptions and NMIs of the host arrive, and the only two places that
 * let an NMI in. An exception's stub saves a trap_frame, puts the interrupted
 * instruction into the chain of frame pointers, and calls trap_taken(), which
 * returns when there is a way to go on: where the frame then says.
 */
#include <asm/layout.h>

    .text

/* Vectors for which the hardware pushes an error code. */
#define HAS_ERROR_CODE(v)                                                      \
    (((v) == 8) || (((v) >= 10) && ((v) <= 14)) || ((v) == 17) ||              \
     ((v) == 21) || ((v) == 29) || ((v) == 30))

    .altmacro
    .macro stub vector
    .balign 16
    .if !HAS_ERROR_CODE(\vector)
    pushq $0
    .endif
    pushq $\vector
    jmp trap_entry
    .endm

    .globl trap_stubs
    .balign 16
trap_stubs:
    .set number, 0
    .rept 32
    stub %number
    .set number, number + 1
    .endr
    .noaltmacro

    .macro save_registers
    push %rax
    push %rcx
    push %rdx
    push %rbx
    push %rbp
    push %rsi
    push %rdi
    push %r8
    push %r9
    push %r10
    push %r11
    push %r12
    push %r13
    push %r14
    push %r15
    .endm

    .macro restore_registers
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %r11
    pop %r10
    pop %r9
    pop %r8
    pop %rdi
    pop %rsi
    pop %rbp
    pop %rbx
    pop %rdx
    pop %rcx
    pop %rax
    .endm

trap_entry:
    save_registers
    cld
    mov %rsp, %rdi
    pushq 136(%rsp) /* the frame's rip: a return address ... */
    push %rbp       /* ... and a saved rbp make a link of the chain */
    mov %rsp, %rbp
    call trap_taken
    add $16, %rsp /* the link */
    restore_registers
    add $16, %rsp /* vector, error code */
    iretq

    .globl nmi_stub
nmi_stub:
    save_registers
    cld
    lea sleeping_hlt(%rip), %rax
    cmp %rax, 120(%rsp) /* about to sleep: the NMI is what it waits for */
    jne 1f
    incq 120(%rsp) /* past the one-byte HLT */
1:  call nmi_taken
    restore_registers
    iretq

    .globl take_pending_nmi
take_pending_nmi:
    cli /* a hook may have left it set */
    stgi
    nop
    clgi
    ret

    .globl sleep_until_nmi
sleep_until_nmi:
    cli /* a hook may have left it set */
    stgi
sleeping_hlt:
    hlt
    clgi
    ret
