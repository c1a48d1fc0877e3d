/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Decoding the stores that a kernel uses on device registers. Pure.
 */
#ifndef ASM_INSN_H
#define ASM_INSN_H

#include <xen/compiler.h>
#include <xen/types.h>
#include <xen/unaligned.h>

#define INSN_MAX_BYTES 15

struct insn_store {
    uint32_t value;
    unsigned int bytes; /* length of the instruction */
};

/*
 * Decodes a 32-bit store to memory at the start of the nr_bytes bytes of 64-bit
 * code: MOV r/m32, r32 (89 /r); MOV r/m32, imm32 (C7 /0); MOV moffs32, EAX
 * (A3) (AMD APM vol. 3, appendix A). regs: the 16 general registers by number.
 * False for anything else, or when the code ends within the instruction;
 * *store is untouched then.
 */
/*@ requires readable(code, nr_bytes) && \valid_read(regs + (0 .. 15));
    requires \valid(store) && \separated(store, regs + (0 .. 15));
    assigns *store;
    ensures \result ==> store->bytes <= nr_bytes;
    ensures !\result ==> *store == \old(*store);
 */
bool insn_decode_store(const uint8_t *code, unsigned int nr_bytes,
                       const uint64_t regs[16],
                       struct insn_store *store) __must_check;

#endif
