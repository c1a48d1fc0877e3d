/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Code that was compiled for user space, in the hypervisor. The guest's vector
 * registers are live while it is served, so they are kept on the stack around
 * the call; CPTR_EL2 lets EL2 use them as it lets the guest (guest_state.c). The
 * thread register is not used: the stack protector's canary has a symbol here
 * (fortify.c). What SVE has beyond the 128 bits of a vector register is lost:
 * a hypercall is made within a system call, and Linux keeps no more of SVE than
 * these over one (Documentation/arch/arm64/sve.rst, "System call behaviour").
 */
#define VECTOR_BYTES (32 * 16)

    .text
/* void arch_livepatch_call_with_vectors(void (*fn)(void *arg), void *arg) */
    .globl arch_livepatch_call_with_vectors
    .type arch_livepatch_call_with_vectors, %function
arch_livepatch_call_with_vectors:
    stp x29, x30, [sp, #-32]!
    mov x29, sp
    stp x19, x20, [sp, #16]
    mrs x19, fpsr
    mrs x20, fpcr
    sub sp, sp, #VECTOR_BYTES
    stp q0, q1, [sp]
    stp q2, q3, [sp, #32]
    stp q4, q5, [sp, #64]
    stp q6, q7, [sp, #96]
    stp q8, q9, [sp, #128]
    stp q10, q11, [sp, #160]
    stp q12, q13, [sp, #192]
    stp q14, q15, [sp, #224]
    stp q16, q17, [sp, #256]
    stp q18, q19, [sp, #288]
    stp q20, q21, [sp, #320]
    stp q22, q23, [sp, #352]
    stp q24, q25, [sp, #384]
    stp q26, q27, [sp, #416]
    stp q28, q29, [sp, #448]
    stp q30, q31, [sp, #480]

    mov x2, x0
    mov x0, x1
    blr x2

    ldp q0, q1, [sp]
    ldp q2, q3, [sp, #32]
    ldp q4, q5, [sp, #64]
    ldp q6, q7, [sp, #96]
    ldp q8, q9, [sp, #128]
    ldp q10, q11, [sp, #160]
    ldp q12, q13, [sp, #192]
    ldp q14, q15, [sp, #224]
    ldp q16, q17, [sp, #256]
    ldp q18, q19, [sp, #288]
    ldp q20, q21, [sp, #320]
    ldp q22, q23, [sp, #352]
    ldp q24, q25, [sp, #384]
    ldp q26, q27, [sp, #416]
    ldp q28, q29, [sp, #448]
    ldp q30, q31, [sp, #480]
    add sp, sp, #VECTOR_BYTES
    msr fpsr, x19
    msr fpcr, x20
    ldp x19, x20, [sp, #16]
    ldp x29, x30, [sp], #32
    ret
    .size arch_livepatch_call_with_vectors, . - arch_livepatch_call_with_vectors
