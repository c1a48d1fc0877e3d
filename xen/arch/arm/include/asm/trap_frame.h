/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What entry.S puts on the stack when the host itself takes an exception; the
 * order is entry.S's.
 */
#ifndef ASM_TRAP_FRAME_H
#define ASM_TRAP_FRAME_H

#include <xen/bug.h>
#include <xen/types.h>

struct trap_frame {
    uint64_t x[31]; /* x30: the link register */
    uint64_t sp, pc, pstate;
    uint64_t esr, far;
    uint64_t link[2]; /* of the chain of frame pointers */
    uint64_t vector;  /* its number, 0 to 15 */
    uint64_t unused;
};

/* Exception class and instruction-specific syndrome (Arm ARM, D19.2.37). */
#define ESR_CLASS_SHIFT 26
#define ESR_CLASS_BRK 0x3c
#define ESR_ISS_BRK 0xffff
#define ESR_CLASS_INSTRUCTION_ABORT 0x21 /* both: of this level's own */
#define ESR_CLASS_DATA_ABORT 0x25
#define ESR_ABORT_WRITE (1UL << 6)
#define ESR_ABORT_KIND 0x3c /* of the fault: its status without the level */
#define ESR_ABORT_TRANSLATION 0x04
#define ESR_ABORT_PERMISSION 0x0c

#define VECTOR_KINDS 4 /* synchronous, IRQ, FIQ, SError */
#define VECTOR_SYNCHRONOUS 0

/* The parts of a frame that mean the same on any CPU. */
static inline unsigned long trap_pc(const struct trap_frame *frame)
{
    return frame->pc;
}

static inline unsigned long trap_frame_pointer(const struct trap_frame *frame)
{
    return frame->x[29];
}

static inline void trap_skip(struct trap_frame *frame, unsigned int bytes)
{
    frame->pc += bytes;
}

/* That of the function that asks, which must call others: GCC's
 * __builtin_frame_address(0) gives where its locals are. */
static always_inline unsigned long own_frame_pointer(void)
{
    unsigned long frame_pointer;

    __asm__ __volatile__("mov %0, x29" : "=r"(frame_pointer));
    return frame_pointer;
}

/* A bug's instruction traps like this; what a run_fn runs. */
static inline bool trap_is_of_bug(const struct trap_frame *frame)
{
    return frame->vector % VECTOR_KINDS == VECTOR_SYNCHRONOUS &&
           frame->esr >> ESR_CLASS_SHIFT == ESR_CLASS_BRK &&
           (frame->esr & ESR_ISS_BRK) == BUG_BRK;
}

static inline bug_fn_t *trap_bug_function(const struct trap_frame *frame,
                                          const struct bug *bug)
{
    (void)bug;
    return (bug_fn_t *)frame->x[0];
}

/* entry.S: what VBAR_EL2 is set to. */
extern char vectors[];

/* From entry.S. A trap that returns goes on as *frame then says. */
void trap_taken(struct trap_frame *frame);

#endif
