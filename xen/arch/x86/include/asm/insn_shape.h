/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How long an instruction is, and which of its bytes count from where it
 * stands: all that one must know to move it. Pure.
 */
#ifndef ASM_INSN_SHAPE_H
#define ASM_INSN_SHAPE_H

#include <xen/compiler.h>
#include <xen/types.h>
#include <xen/unaligned.h>

struct insn_shape {
    uint8_t bytes;
    /* A distance from the instruction's end, signed, if it has one: of a branch
     * or of an operand in memory. */
    uint8_t distance_at;
    uint8_t distance_bytes; /* 1 or 4; 0: none */
    bool is_branch;
};

/*
 * The shape of the instruction of 64-bit mode at the start of the nr_bytes
 * bytes of code (AMD APM vol. 3, 1.2 and appendix A). False when the code ends
 * within it, and for what is not known: undefined opcodes, those of VEX, XOP
 * and EVEX, and branches with an operand-size prefix, which AMD and Intel read
 * differently; *shape is untouched then.
 */
/*@ requires readable(code, nr_bytes) && \valid(shape);
    assigns *shape;
    ensures \result ==> shape->bytes <= nr_bytes;
    ensures !\result ==> *shape == \old(*shape);
 */
bool insn_shape(const uint8_t *code, unsigned int nr_bytes,
                struct insn_shape *shape) __must_check;

#endif
