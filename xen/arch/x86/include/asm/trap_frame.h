/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What entry.S puts on the stack when the host itself takes an exception; the
 * order is entry.S's.
 */
#ifndef ASM_TRAP_FRAME_H
#define ASM_TRAP_FRAME_H

#include <xen/bug.h>
#include <xen/compiler.h>
#include <xen/types.h>

struct trap_frame {
    uint64_t r15, r14, r13, r12, r11, r10, r9, r8;
    uint64_t rdi, rsi, rbp, rbx, rdx, rcx, rax;
    uint64_t vector, error_code;
    uint64_t rip, cs, rflags, rsp, ss; /* by the hardware */
};

#define NR_EXCEPTIONS 32
#define VECTOR_INVALID_OPCODE 6
#define TRAP_STUB_BYTES 16

/* The parts of a frame that mean the same on any CPU. */
static inline unsigned long trap_pc(const struct trap_frame *frame)
{
    return frame->rip;
}

static inline unsigned long trap_frame_pointer(const struct trap_frame *frame)
{
    return frame->rbp;
}

static inline void trap_skip(struct trap_frame *frame, unsigned int bytes)
{
    frame->rip += bytes;
}

/* That of the function that asks. */
static always_inline unsigned long own_frame_pointer(void)
{
    return (unsigned long)__builtin_frame_address(0);
}

/* A bug's instruction traps like this; what a run_fn runs. */
static inline bool trap_is_of_bug(const struct trap_frame *frame)
{
    return frame->vector == VECTOR_INVALID_OPCODE;
}

static inline bug_fn_t *trap_bug_function(const struct trap_frame *frame,
                                          const struct bug *bug)
{
    (void)frame;
    return (bug_fn_t *)bug->subject;
}

/* entry.S: one stub an exception, TRAP_STUB_BYTES apart; and the NMI's. */
extern char trap_stubs[], nmi_stub[];

/* From entry.S: every exception of the host but the NMI; the NMI. A trap that
 * returns goes on as *frame then says. */
void trap_taken(struct trap_frame *frame);
void nmi_taken(void);

/* Opens the global interrupt flag for an instant: a pending NMI is taken. This
 * and the next leave the interrupt flag clear: no interrupt is for us. */
void take_pending_nmi(void);

/* Sleeps with the global interrupt flag open until an NMI has been taken. */
void sleep_until_nmi(void);

#endif
