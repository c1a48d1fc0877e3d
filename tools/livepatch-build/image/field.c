// SPDX-License-Identifier: GPL-2.0
/*
 * By what a field means, not by relocation types: those are model/'s tables.
 *
 * Source: AAELF64, section 5.7, and Arm ARM, "ADR" (the one number that lies in
 * two parts of an instruction).
 */
#include "image/field.h"

#include <string.h>

#define ADR_MASK 0x60ffffe0U

static uint64_t sign_extended(uint64_t value, unsigned int bits)
{
    const unsigned int unused = 64 - bits;

    return (uint64_t)((int64_t)(value << unused) >> unused);
}

/* The number in the field, read as a signed one. */
static uint64_t number_in(struct field field, uint64_t raw)
{
    const uint32_t insn = (uint32_t)raw;

    if (field.mask == 0) {
        return sign_extended(raw, 8U * field.bytes);
    }
    if (field.mask == ADR_MASK) {
        return sign_extended((insn >> 5 & 0x7ffffU) << 2 | (insn >> 29 & 3U),
                             21);
    }
    return sign_extended((insn & field.mask) >> __builtin_ctz(field.mask),
                         (unsigned int)__builtin_popcount(field.mask));
}

struct field_address field_address(struct field field,
                                   const unsigned char *bytes, uint64_t place)
{
    const uint64_t page_mask = FIELD_PAGE_BYTES - 1;
    uint64_t raw = 0;
    uint64_t number;

    memcpy(&raw, bytes, field.bytes);
    number = number_in(field, raw) << field.shift;
    switch (field.kind) {
    case FIELD_ADDRESS:
        return (struct field_address){number,
                                      UINT64_MAX >> (64 - 8 * field.bytes)};
    case FIELD_DISTANCE:
    case FIELD_BRANCH:
        return (struct field_address){place + number, UINT64_MAX};
    case FIELD_PAGE:
        if (field.mask == ADR_MASK) {
            return (struct field_address){(place & ~page_mask) + number,
                                          ~page_mask};
        }
        return (struct field_address){number & page_mask, page_mask};
    default:
        return (struct field_address){0, 0};
    }
}
