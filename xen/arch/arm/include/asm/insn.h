/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A64 instructions as numbers: the fields in them that hold a distance or an
 * address, which instructions have one, and the few that live patching writes.
 * Pure. Source of all encodings: Arm ARM, C4.1 ("A64 instruction set encoding")
 * and C6.2, C7.2 (each instruction's own page).
 */
#ifndef ASM_INSN_H
#define ASM_INSN_H

#include <xen/compiler.h>
#include <xen/types.h>

#define INSN_BYTES 4

/* Where in an instruction a number stands. */
enum insn_field {
    INSN_FIELD_NONE,
    INSN_FIELD_IMM14,  /* TBZ, TBNZ */
    INSN_FIELD_IMM19,  /* B.cond, CBZ, CBNZ, loads of literals */
    INSN_FIELD_IMM26,  /* B, BL */
    INSN_FIELD_ADR,    /* ADR, ADRP: 21 bits in two parts */
    INSN_FIELD_IMM12,  /* ADD; loads and stores of 8 bits, unsigned offset */
    INSN_FIELD_LDST16, /* the same of 16 bits: as much of it as a page has, */
    INSN_FIELD_LDST32, /* and so on */
    INSN_FIELD_LDST64,
    INSN_FIELD_LDST128,
    INSN_FIELD_MOVW,  /* MOVZ, MOVN, MOVK: 16 bits */
    INSN_FIELD_MOVNZ, /* the same of a signed number: MOVN if it is negative */
};

/* The instruction with the low bits of value in its field. */
uint32_t insn_put_field(uint32_t insn, enum insn_field field, int64_t value);

/* The number in one of its fields for distances, signed. */
int64_t insn_get_field(uint32_t insn, enum insn_field field);

/* True when the value, signed, fits the field. */
bool insn_field_holds(enum insn_field field, int64_t value);

/* What an instruction's result takes from where it stands. */
enum insn_kind {
    INSN_ANYWHERE,  /* nothing */
    INSN_JUMP,      /* B, BL: always goes to a distance */
    INSN_BRANCH,    /* goes there on a condition */
    INSN_LITERAL,   /* loads, or computes, from a distance */
    INSN_PAGE,      /* the same, from a distance in pages */
    INSN_IMMOVABLE, /* in a way that is not known here */
};

struct insn_shape {
    enum insn_kind kind;
    enum insn_field field; /* which holds the distance */
    uint8_t shift;         /* in units of 1 << shift bytes */
};

struct insn_shape insn_shape(uint32_t insn);

#define INSN_NOP 0xd503201fU
#define INSN_BTI_C 0xd503245fU
#define INSN_BTI_J 0xd503249fU
#define INSN_BTI_JC 0xd50324dfU
#define INSN_PACIASP 0xd503233fU
#define INSN_PACIBSP 0xd503237fU
#define INSN_B 0x14000000U        /* IMM26 */
#define INSN_ADRP_X16 0x90000010U /* ADR; ADRP x16, ... */
#define INSN_ADD_X16 0x91000210U  /* IMM12; ADD x16, x16, ... */
#define INSN_BR_X16 0xd61f0200U

/* Instructions are little endian whatever data are (Arm ARM, B2.6.2). */
static inline uint32_t insn_read(const void *at)
{
    uint32_t insn;

    __builtin_memcpy(&insn, at, sizeof(insn));
    return insn;
}

static inline void insn_write(void *at, uint32_t insn)
{
    __builtin_memcpy(at, &insn, sizeof(insn));
}

static inline bool insn_is_aligned(const void *at)
{
    return (uintptr_t)at % INSN_BYTES == 0;
}

#endif
