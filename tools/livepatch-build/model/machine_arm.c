// SPDX-License-Identifier: GPL-2.0
/*
 * arm64. Distances are counted from the field, and an addend is the place in
 * the section that the symbol stands for; nothing needs to be decoded.
 *
 * Source: ELF for the Arm 64-bit Architecture (AAELF64), section 5.7.
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
};
