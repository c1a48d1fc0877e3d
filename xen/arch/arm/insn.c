// SPDX-License-Identifier: GPL-2.0
/*
 * Tables of fields and of the instructions that count from where they stand.
 * Example: B to 0x1000 bytes further, 0x14000400, has 0x400 words in IMM26.
 */
#include <xen/lib.h>
#include <asm/insn.h>

/* MOVN and MOVZ differ in this bit of opc (Arm ARM, C4.1.92, "Move wide"). */
#define MOVZ_NOT_MOVN (1U << 30)

/* ADR's number: immlo, 2 bits at 29, and immhi, 19 bits at 5. */
#define ADR_LOW_AT 29
#define ADR_LOW_BITS 2
#define ADR_HIGH_AT 5

/* A number of so many bits, which has so much room, at a bit. */
struct field {
    uint8_t at;
    uint8_t room;
    uint8_t bits;
};

/* Those that are of one part. */
static const struct field fields[] = {
    [INSN_FIELD_IMM14] = {5, 14, 14},   [INSN_FIELD_IMM19] = {5, 19, 19},
    [INSN_FIELD_IMM26] = {0, 26, 26},   [INSN_FIELD_ADR] = {0, 21, 21},
    [INSN_FIELD_IMM12] = {10, 12, 12},  [INSN_FIELD_LDST16] = {10, 12, 11},
    [INSN_FIELD_LDST32] = {10, 12, 10}, [INSN_FIELD_LDST64] = {10, 12, 9},
    [INSN_FIELD_LDST128] = {10, 12, 8}, [INSN_FIELD_MOVW] = {5, 16, 16},
    [INSN_FIELD_MOVNZ] = {5, 16, 16},
};

/* An instruction is of the first row whose bits it has under the mask. */
static const struct {
    uint32_t mask;
    uint32_t bits;
    struct insn_shape shape;
} shapes[] = {
    /* B, BL */
    {0x7c000000, 0x14000000, {INSN_JUMP, INSN_FIELD_IMM26, 2}},
    /* B.cond, BC.cond */
    {0xff000000, 0x54000000, {INSN_BRANCH, INSN_FIELD_IMM19, 2}},
    /* CBZ, CBNZ */
    {0x7e000000, 0x34000000, {INSN_BRANCH, INSN_FIELD_IMM19, 2}},
    /* TBZ, TBNZ */
    {0x7e000000, 0x36000000, {INSN_BRANCH, INSN_FIELD_IMM14, 2}},
    /* LDR, LDRSW, PRFM (literal), of general and SIMD registers */
    {0x3b000000, 0x18000000, {INSN_LITERAL, INSN_FIELD_IMM19, 2}},
    /* ADR */
    {0x9f000000, 0x10000000, {INSN_LITERAL, INSN_FIELD_ADR, 0}},
    /* ADRP */
    {0x9f000000, 0x90000000, {INSN_PAGE, INSN_FIELD_ADR, 12}},
    /* RETAASPPC, RETABSPPC, and what else may come there */
    {0xff000000, 0x55000000, {INSN_IMMOVABLE, INSN_FIELD_NONE, 0}},
    /* CB<cond>, CBB<cond>, CBH<cond> */
    {0x7e000000, 0x74000000, {INSN_IMMOVABLE, INSN_FIELD_NONE, 0}},
    /* AUTIASPPC, AUTIBSPPC (immediate) */
    {0xff800000, 0xf3800000, {INSN_IMMOVABLE, INSN_FIELD_NONE, 0}},
};

static uint32_t low_bits(unsigned int bits)
{
    return (1U << bits) - 1;
}

static uint32_t put(uint32_t insn, unsigned int at, unsigned int bits,
                    uint64_t value)
{
    const uint32_t mask = low_bits(bits) << at;

    return (insn & ~mask) | ((uint32_t)value << at & mask);
}

static uint32_t get(uint32_t insn, unsigned int at, unsigned int bits)
{
    return insn >> at & low_bits(bits);
}

uint32_t insn_put_field(uint32_t insn, enum insn_field field, int64_t value)
{
    const struct field *where = &fields[field];

    switch (field) {
    case INSN_FIELD_ADR:
        insn = put(insn, ADR_LOW_AT, ADR_LOW_BITS, value);
        return put(insn, ADR_HIGH_AT, where->bits - ADR_LOW_BITS,
                   value >> ADR_LOW_BITS);
    case INSN_FIELD_MOVNZ:
        insn = value < 0 ? insn & ~MOVZ_NOT_MOVN : insn | MOVZ_NOT_MOVN;
        return put(insn, where->at, where->bits, value < 0 ? ~value : value);
    default:
        return put(insn, where->at, where->room,
                   (uint64_t)value & low_bits(where->bits));
    }
}

int64_t insn_get_field(uint32_t insn, enum insn_field field)
{
    const struct field *where = &fields[field];
    const unsigned int unused = 64 - where->bits;
    uint64_t value = get(insn, where->at, where->bits);

    if (field == INSN_FIELD_ADR) {
        value = (uint64_t)get(insn, ADR_HIGH_AT, where->bits - ADR_LOW_BITS)
                    << ADR_LOW_BITS |
                get(insn, ADR_LOW_AT, ADR_LOW_BITS);
    }
    return (int64_t)(value << unused) >> unused;
}

bool insn_field_holds(enum insn_field field, int64_t value)
{
    const int64_t half = 1LL << (fields[field].bits - 1);

    return value >= -half && value < half;
}

struct insn_shape insn_shape(uint32_t insn)
{
    for (unsigned int i = 0; i < ARRAY_SIZE(shapes); i++) {
        if ((insn & shapes[i].mask) == shapes[i].bits) {
            return shapes[i].shape;
        }
    }
    return (struct insn_shape){.kind = INSN_ANYWHERE};
}
