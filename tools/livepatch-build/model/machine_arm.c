// SPDX-License-Identifier: GPL-2.0
/*
 * arm64. Distances are counted from the field, and an addend is the place in
 * the section that the symbol stands for; nothing needs to be decoded for that.
 *
 * Source: ELF for the Arm 64-bit Architecture (AAELF64), section 5.7; Arm ARM,
 * C4.1 (encodings).
 */
#include <elf.h>
#include <string.h>

#include "model/machine.h"
#include "model/object.h"

#define INSN_BYTES 4

static const struct {
    uint32_t type;
    struct field field;
} fields[] = {
    {R_AARCH64_ABS64, {FIELD_ADDRESS, 8, 0, 0}},
    {R_AARCH64_ABS32, {FIELD_ADDRESS, 4, 0, 0}},
    {R_AARCH64_PREL64, {FIELD_DISTANCE, 8, 0, 0}},
    {R_AARCH64_PREL32, {FIELD_DISTANCE, 4, 0, 0}},
    {R_AARCH64_CALL26, {FIELD_BRANCH, 4, 0x03ffffff, 2}},
    {R_AARCH64_JUMP26, {FIELD_BRANCH, 4, 0x03ffffff, 2}},
    {R_AARCH64_CONDBR19, {FIELD_BRANCH, 4, 0x00ffffe0, 2}},
    {R_AARCH64_TSTBR14, {FIELD_BRANCH, 4, 0x0007ffe0, 2}},
    {R_AARCH64_LD_PREL_LO19, {FIELD_DISTANCE, 4, 0x00ffffe0, 2}},
    {R_AARCH64_ADR_PREL_LO21, {FIELD_DISTANCE, 4, 0x60ffffe0, 0}},
    {R_AARCH64_ADR_PREL_PG_HI21, {FIELD_PAGE, 4, 0x60ffffe0, 12}},
    {R_AARCH64_ADR_PREL_PG_HI21_NC, {FIELD_PAGE, 4, 0x60ffffe0, 12}},
    {R_AARCH64_ADD_ABS_LO12_NC, {FIELD_PAGE, 4, 0x003ffc00, 0}},
    {R_AARCH64_LDST8_ABS_LO12_NC, {FIELD_PAGE, 4, 0x003ffc00, 0}},
    {R_AARCH64_LDST16_ABS_LO12_NC, {FIELD_PAGE, 4, 0x003ffc00, 1}},
    {R_AARCH64_LDST32_ABS_LO12_NC, {FIELD_PAGE, 4, 0x003ffc00, 2}},
    {R_AARCH64_LDST64_ABS_LO12_NC, {FIELD_PAGE, 4, 0x003ffc00, 3}},
    {R_AARCH64_LDST128_ABS_LO12_NC, {FIELD_PAGE, 4, 0x003ffc00, 4}},
};

static struct field field(uint32_t type)
{
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (fields[i].type == type) {
            return fields[i].field;
        }
    }
    return (struct field){FIELD_UNKNOWN, 1, 0, 0};
}

static void find_tails(const struct section *section, uint8_t *tails)
{
    memset(tails, 0, section->nr_relocations);
}

static bool is_branch(const unsigned char *code, uint64_t offset, uint32_t type)
{
    (void)code;
    (void)offset;
    return field(type).kind == FIELD_BRANCH;
}

/* BTI and PACIASP at the start are replaced by the trampoline's own pad, which
 * the loader writes. */
static uint32_t pad_bytes(const unsigned char *code, uint64_t nr_bytes)
{
    (void)code;
    (void)nr_bytes;
    return 0;
}

static uint32_t insn_at(const unsigned char *code)
{
    return (uint32_t)code[0] | (uint32_t)code[1] << 8 |
           (uint32_t)code[2] << 16 | (uint32_t)code[3] << 24;
}

/* nop, or nothing at all. */
static bool is_filler(const unsigned char *code, uint64_t nr_bytes)
{
    for (; nr_bytes >= INSN_BYTES; nr_bytes -= INSN_BYTES, code += INSN_BYTES) {
        if (insn_at(code) != 0xd503201f && insn_at(code) != 0) {
            return false;
        }
    }
    return nr_bytes == 0;
}

/* Instructions that go, or point, by a distance in words; of adr, bytes. */
static const struct {
    uint32_t mask, value;
    uint8_t low, bits;
    bool is_adr;
} distances[] = {
    {0x7c000000, 0x14000000, 0, 26, false}, /* b, bl */
    {0xff000010, 0x54000000, 5, 19, false}, /* b.cond */
    {0x7e000000, 0x34000000, 5, 19, false}, /* cbz, cbnz */
    {0x7e000000, 0x36000000, 5, 14, false}, /* tbz, tbnz */
    {0x3b000000, 0x18000000, 5, 19, false}, /* ldr, prfm of a literal */
    {0x9f000000, 0x10000000, 5, 19, true},  /* adr */
};

static bool find_distance(uint32_t insn, int64_t *distance)
{
    for (size_t i = 0; i < sizeof(distances) / sizeof(distances[0]); i++) {
        if ((insn & distances[i].mask) == distances[i].value) {
            const uint64_t field =
                (uint64_t)insn >> distances[i].low << (64 - distances[i].bits);

            *distance = (int64_t)field >> (64 - distances[i].bits);
            *distance *= INSN_BYTES;
            *distance += distances[i].is_adr ? insn >> 29 & 3 : 0;
            return true;
        }
    }
    return false;
}

static bool leaves(const struct section *section, uint64_t start, uint64_t end)
{
    size_t i = 0;

    for (uint64_t at = start; at + INSN_BYTES <= end; at += INSN_BYTES) {
        int64_t distance;

        while (i < section->nr_relocations &&
               section->relocations[i].offset < at) {
            i++;
        }
        if ((i == section->nr_relocations ||
             section->relocations[i].offset >= at + INSN_BYTES) &&
            find_distance(insn_at(section->bytes + at), &distance) &&
            at + (uint64_t)distance - start >= end - start) {
            return true;
        }
    }
    return false;
}

const struct machine machine_arm = {
    .elf = EM_AARCH64,
    .name = "arm64",
    .field = field,
    .find_tails = find_tails,
    .is_branch = is_branch,
    .function_bytes_least = INSN_BYTES,
    .pointer = R_AARCH64_ABS64,
    .trap = 0, /* a word of it is udf #0 */
    .pad_bytes = pad_bytes,
    .is_filler = is_filler,
    .leaves = leaves,
};
