/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Bytes that do nothing: the longest NOPs that every x86-64 CPU decodes well,
 * by length. Source: AMD64 software optimization guides, "Code Padding with
 * NOP".
 */
#ifndef ASM_NOPS_H
#define ASM_NOPS_H

#include <xen/stringify.h>
#include <xen/types.h>

#define NOP_BYTES_1 0x90
#define NOP_BYTES_2 0x66, 0x90
#define NOP_BYTES_3 0x0f, 0x1f, 0x00
#define NOP_BYTES_4 0x0f, 0x1f, 0x40, 0x00
#define NOP_BYTES_5 0x0f, 0x1f, 0x44, 0x00, 0x00
#define NOP_BYTES_6 0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00
#define NOP_BYTES_7 0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00
#define NOP_BYTES_8 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00
#define NOP_BYTES_9 0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00

/* One instruction of so many bytes, for inline assembly. */
#define ASM_NOP1 ".byte " __stringify(NOP_BYTES_1)
#define ASM_NOP2 ".byte " __stringify(NOP_BYTES_2)
#define ASM_NOP3 ".byte " __stringify(NOP_BYTES_3)
#define ASM_NOP4 ".byte " __stringify(NOP_BYTES_4)
#define ASM_NOP5 ".byte " __stringify(NOP_BYTES_5)
#define ASM_NOP6 ".byte " __stringify(NOP_BYTES_6)
#define ASM_NOP7 ".byte " __stringify(NOP_BYTES_7)
#define ASM_NOP8 ".byte " __stringify(NOP_BYTES_8)
#define ASM_NOP9 ".byte " __stringify(NOP_BYTES_9)
#define ASM_NOP_MAX 9

/* Fills nr bytes with as few instructions that do nothing as can be. */
void fill_with_nops(uint8_t *bytes, unsigned int nr);

#endif
