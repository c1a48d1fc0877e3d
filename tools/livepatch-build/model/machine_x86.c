// SPDX-License-Identifier: GPL-2.0
/*
 * x86-64. A distance in an instruction is counted from the instruction's end,
 * which an immediate after the field puts 1, 4 or more bytes further away: so
 * code is decoded, by Zydis, for its instructions' lengths and raw fields.
 *
 * Source: System V psABI for AMD64, section 4.4; Intel SDM vol. 2, chapter 2.
 */
#include <elf.h>
#include <string.h>

#include <Zydis/Zydis.h>

#include "model/machine.h"
#include "model/object.h"

#define TRAMPOLINE_BYTES 5 /* jmp rel32 */

static const unsigned char endbr64[] = {0xf3, 0x0f, 0x1e, 0xfa};

static struct field field(uint32_t type)
{
    switch (type) {
    case R_X86_64_64:
        return (struct field){FIELD_ADDRESS, 8, 0, 0};
    case R_X86_64_32:
    case R_X86_64_32S:
        return (struct field){FIELD_ADDRESS, 4, 0, 0};
    case R_X86_64_16:
        return (struct field){FIELD_ADDRESS, 2, 0, 0};
    case R_X86_64_8:
        return (struct field){FIELD_ADDRESS, 1, 0, 0};
    case R_X86_64_PC32:
        return (struct field){FIELD_DISTANCE, 4, 0, 0};
    case R_X86_64_PLT32:
        return (struct field){FIELD_DISTANCE, 4, 0, 0};
    case R_X86_64_PC64:
        return (struct field){FIELD_DISTANCE, 8, 0, 0};
    case R_X86_64_PC16:
        return (struct field){FIELD_DISTANCE, 2, 0, 0};
    case R_X86_64_PC8:
        return (struct field){FIELD_DISTANCE, 1, 0, 0};
    default:
        return (struct field){FIELD_UNKNOWN, 1, 0, 0};
    }
}

/* Lengths, names and raw fields of instructions. */
static void open_decoder(ZydisDecoder *decoder)
{
    ZydisDecoderInit(decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
    ZydisDecoderEnableMode(decoder, ZYDIS_DECODER_MODE_MINIMAL, ZYAN_TRUE);
}

/* What is no instruction is a byte. */
static uint64_t decode(const ZydisDecoder *decoder, const uint8_t *code,
                       uint64_t nr_bytes, ZydisDecodedInstruction *insn)
{
    if (ZYAN_SUCCESS(ZydisDecoderDecodeInstruction(decoder, NULL, code,
                                                   nr_bytes, insn))) {
        return insn->length;
    }
    *insn = (ZydisDecodedInstruction){0};
    return 1;
}

/* Decodes once from start to end. */
static void find_tails(const struct section *section, uint8_t *tails)
{
    ZydisDecodedInstruction insn;
    ZydisDecoder decoder;
    uint64_t start = 0;
    uint64_t end = 0;

    open_decoder(&decoder);
    for (size_t i = 0; i < section->nr_relocations; i++) {
        const uint64_t offset = section->relocations[i].offset;
        const uint8_t least = field(section->relocations[i].type).bytes;

        while (end <= offset) {
            start = end;
            end += decode(&decoder, section->bytes + start,
                          section->size - start, &insn);
        }
        tails[i] = end - offset >= least && end - offset < 16
                       ? (uint8_t)(end - offset)
                       : least;
    }
}

/* call, jmp, jcc; in other instructions the byte before a distance (ModRM) is
 * never one of these. */
static bool is_branch(const unsigned char *code, uint64_t offset, uint32_t type)
{
    if (field(type).kind != FIELD_DISTANCE || !code || offset == 0) {
        return false;
    }
    return code[offset - 1] == 0xe8 || code[offset - 1] == 0xe9 ||
           (offset > 1 && code[offset - 2] == 0x0f &&
            (code[offset - 1] & 0xf0) == 0x80);
}

static uint32_t pad_bytes(const unsigned char *code, uint64_t nr_bytes)
{
    return nr_bytes >= sizeof(endbr64) &&
                   memcmp(code, endbr64, sizeof(endbr64)) == 0
               ? sizeof(endbr64)
               : 0;
}

/* Zero is what the assembler skips with. */
static bool is_filler(const unsigned char *code, uint64_t nr_bytes)
{
    ZydisDecodedInstruction insn;
    ZydisDecoder decoder;

    open_decoder(&decoder);
    while (nr_bytes > 0) {
        uint64_t length = 1;

        if (code[0] != 0) {
            length = decode(&decoder, code, nr_bytes, &insn);
            if (insn.mnemonic != ZYDIS_MNEMONIC_NOP &&
                insn.mnemonic != ZYDIS_MNEMONIC_INT3) {
                return false;
            }
        }
        code += length;
        nr_bytes -= length;
    }
    return true;
}

/* How far behind itself it goes or points; false: it does neither. */
static bool find_distance(const ZydisDecodedInstruction *insn,
                          int64_t *distance)
{
    if (insn->raw.imm[0].is_relative) {
        *distance = insn->raw.imm[0].value.s;
        return true;
    }
    *distance = insn->raw.disp.value;
    return insn->raw.modrm.mod == 0 && insn->raw.modrm.rm == 5 &&
           insn->raw.disp.size == 32;
}

static bool leaves(const struct section *section, uint64_t start, uint64_t end)
{
    ZydisDecodedInstruction insn;
    ZydisDecoder decoder;
    uint64_t next;
    size_t i = 0;

    open_decoder(&decoder);
    for (uint64_t at = start; at < end; at = next) {
        int64_t distance;

        next = at + decode(&decoder, section->bytes + at, end - at, &insn);
        while (i < section->nr_relocations &&
               section->relocations[i].offset < at) {
            i++;
        }
        if (i < section->nr_relocations &&
            section->relocations[i].offset < next) {
            continue;
        }
        if (find_distance(&insn, &distance) &&
            next + (uint64_t)distance - start >= end - start) {
            return true;
        }
    }
    return false;
}

const struct machine machine_x86 = {
    .elf = EM_X86_64,
    .name = "x86-64",
    .field = field,
    .find_tails = find_tails,
    .is_branch = is_branch,
    .function_bytes_least = TRAMPOLINE_BYTES,
    .pointer = R_X86_64_64,
    .trap = 0xcc, /* int3 */
    .pad_bytes = pad_bytes,
    .is_filler = is_filler,
    .leaves = leaves,
};
