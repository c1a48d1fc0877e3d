/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where exceptions arrive, and the way into the guest and back. The host's own
 * exceptions save a trap_frame, put the interrupted instruction into the chain
 * of frame pointers, and call trap_taken(), which returns when there is a way
 * to go on. An exception from the guest ends guest_run(), on the stack and with
 * the registers that guest_run() was called with.
 */
#include <asm/layout.h>

#define VCPU_PC 248
#define VCPU_PSTATE 256
#define FRAME_BYTES 320
#define FRAME_SP 248
#define FRAME_PC 256
#define FRAME_PSTATE 264
#define FRAME_ESR 272
#define FRAME_FAR 280
#define FRAME_LINK 288
#define FRAME_VECTOR 304

/* What of a stack pointer says that it is of a pCPU's block, and there of the
 * main stack, which is the block's upper half. */
#define STACKS_BIT 42
#define MAIN_STACK_BIT 14
#define FAULT_STACK_END ((PCPU_STACK_FAULT_PAGE + 1) * 4096)

#define HOST_BYTES 96 /* x19 to x30 */

    .text
/* x4 to x29, and x2 to x29, at their places in an array of registers. */
    .macro save_registers base
    stp x4, x5, [\base, #32]
    stp x6, x7, [\base, #48]
    stp x8, x9, [\base, #64]
    stp x10, x11, [\base, #80]
    stp x12, x13, [\base, #96]
    stp x14, x15, [\base, #112]
    stp x16, x17, [\base, #128]
    stp x18, x19, [\base, #144]
    stp x20, x21, [\base, #160]
    stp x22, x23, [\base, #176]
    stp x24, x25, [\base, #192]
    stp x26, x27, [\base, #208]
    stp x28, x29, [\base, #224]
    .endm

    .macro load_registers base
    ldp x2, x3, [\base, #16]
    ldp x4, x5, [\base, #32]
    ldp x6, x7, [\base, #48]
    ldp x8, x9, [\base, #64]
    ldp x10, x11, [\base, #80]
    ldp x12, x13, [\base, #96]
    ldp x14, x15, [\base, #112]
    ldp x16, x17, [\base, #128]
    ldp x18, x19, [\base, #144]
    ldp x20, x21, [\base, #160]
    ldp x22, x23, [\base, #176]
    ldp x24, x25, [\base, #192]
    ldp x26, x27, [\base, #208]
    ldp x28, x29, [\base, #224]
    .endm

/* No register is free to tell whether the frame still fits on the stack: x0 is
 * kept in the difference of the two meanwhile. If not, the frame goes to the
 * stack of faults, and x0 is lost. */
    .macro vector_host number
    .balign 128
    sub sp, sp, #FRAME_BYTES
    add sp, sp, x0
    sub x0, sp, x0
    tbz x0, #STACKS_BIT, 1f /* boot's, which has no guard */
    tbz x0, #MAIN_STACK_BIT, 2f
1:  sub x0, sp, x0
    sub sp, sp, x0
3:  stp x0, x1, [sp]
    mov x1, #\number
    b host_exception
2:  and x0, x0, #~(PCPU_STACK_BYTES - 1)
    orr x0, x0, #FAULT_STACK_END
    sub x0, x0, #FRAME_BYTES
    mov sp, x0
    b 3b
    .endm

    .macro vector_guest reason
    .balign 128
    stp x0, x1, [sp, #-16]!
    mov x1, #\reason
    b guest_exception
    .endm

    .balign 2048
    .globl vectors
vectors:
    .set number, 0
    .altmacro
    .rept 8
    vector_host %number
    .set number, number + 1
    .endr
    .noaltmacro
    .rept 2 /* AArch64 and AArch32 */
    vector_guest 0
    vector_guest 1
    vector_guest 2
    vector_guest 3
    .endr

host_exception:
    stp x2, x3, [sp, #16]
    save_registers sp
    add x2, sp, #FRAME_BYTES
    stp x30, x2, [sp, #240]
    mrs x2, elr_el2
    mrs x3, spsr_el2
    stp x2, x3, [sp, #FRAME_PC]
    mrs x4, esr_el2
    mrs x5, far_el2
    stp x4, x5, [sp, #FRAME_ESR]
    stp x29, x2, [sp, #FRAME_LINK]
    add x29, sp, #FRAME_LINK
    str x1, [sp, #FRAME_VECTOR]
    mov x0, sp
    bl trap_taken
    ldp x2, x3, [sp, #FRAME_PC]
    msr elr_el2, x2
    msr spsr_el2, x3
    load_registers sp
    ldr x30, [sp, #240]
    ldp x0, x1, [sp]
    add sp, sp, #FRAME_BYTES
    eret

/* unsigned int guest_run(struct vcpu *v) */
    .globl guest_run
guest_run:
    stp x29, x30, [sp, #-HOST_BYTES]!
    mov x29, sp
    stp x19, x20, [sp, #16]
    stp x21, x22, [sp, #32]
    stp x23, x24, [sp, #48]
    stp x25, x26, [sp, #64]
    stp x27, x28, [sp, #80]
    ldp x2, x3, [x0, #VCPU_PC]
    msr elr_el2, x2
    msr spsr_el2, x3
    load_registers x0
    ldr x30, [x0, #240]
    ldp x0, x1, [x0]
    eret
    dsb nsh /* nothing of the host's is speculated past the way out */
    isb

guest_exception:
    mrs x0, tpidr_el2
    ldr x0, [x0] /* its vCPU */
    stp x2, x3, [x0, #16]
    ldp x2, x3, [sp], #16
    stp x2, x3, [x0]
    save_registers x0
    str x30, [x0, #240]
    mrs x2, elr_el2
    mrs x3, spsr_el2
    stp x2, x3, [x0, #VCPU_PC]
    mov x0, x1
    ldp x19, x20, [sp, #16]
    ldp x21, x22, [sp, #32]
    ldp x23, x24, [sp, #48]
    ldp x25, x26, [sp, #64]
    ldp x27, x28, [sp, #80]
    ldp x29, x30, [sp], #HOST_BYTES
    ret
