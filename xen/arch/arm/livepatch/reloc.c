// SPDX-License-Identifier: GPL-2.0
/*
 * The relocation types of arm64 that a payload may use, one row each. Walking
 * records and checking bounds and ranges is common/livepatch/relocate.c's; what
 * an instruction's fields are, insn.c's.
 *
 * Source: ELF for the Arm 64-bit Architecture (AAELF64), "Relocation": "Static
 * Data relocations", "Static AArch64 relocations", "GOT-relative".
 */
#include <xen/elfstructs.h>
#include <xen/lib.h>
#include <xen/livepatch_arch.h>

#define FIRST R_AARCH64_ABS64

#define ROW(reloc, ...)                                                        \
    [R_AARCH64_##reloc - FIRST] = {                                            \
        .type = R_AARCH64_##reloc, .name = "R_AARCH64_" #reloc, __VA_ARGS__}

/* Bytes anywhere. */
#define DATA(reloc, bytes, rule, ...)                                          \
    ROW(reloc, .place_bytes = (bytes), .bits = 8 * (bytes),                    \
        .range = LIVEPATCH_RELOC_##rule, __VA_ARGS__)

/* A number of so many bits, of value >> lost, in an instruction's field. */
#define INSN(reloc, where, width, lost, rule, ...)                             \
    ROW(reloc, .place_bytes = INSN_BYTES, .place_align = INSN_BYTES,           \
        .field = INSN_FIELD_##where, .bits = (width), .shift = (lost),         \
        .range = LIVEPATCH_RELOC_##rule, __VA_ARGS__)

#define PC .pc_relative = true
#define PAGE .pc_relative = true, .by_page = true
#define GOT .via_got = true, .no_addend = true
#define EXACT .is_exact = true

/*
 * Distances are read as signed numbers by all who read them. MOVW groups of
 * signed values have a bit more than the field, which MOVZ and MOVN stand for.
 * The offsets of LDST types are in units of what is loaded, and of branches and
 * literals in words: what is lost of the value would be another address.
 */
static const struct livepatch_howto howtos[] = {
    DATA(ABS64, 8, ANY),
    DATA(ABS32, 4, EITHER),
    DATA(ABS16, 2, EITHER),
    DATA(PREL64, 8, ANY, PC),
    DATA(PREL32, 4, SIGNED, PC),
    DATA(PREL16, 2, SIGNED, PC),
    INSN(MOVW_UABS_G0, MOVW, 16, 0, UNSIGNED),
    INSN(MOVW_UABS_G0_NC, MOVW, 16, 0, ANY),
    INSN(MOVW_UABS_G1, MOVW, 16, 16, UNSIGNED),
    INSN(MOVW_UABS_G1_NC, MOVW, 16, 16, ANY),
    INSN(MOVW_UABS_G2, MOVW, 16, 32, UNSIGNED),
    INSN(MOVW_UABS_G2_NC, MOVW, 16, 32, ANY),
    INSN(MOVW_UABS_G3, MOVW, 16, 48, ANY),
    INSN(MOVW_SABS_G0, MOVNZ, 17, 0, SIGNED),
    INSN(MOVW_SABS_G1, MOVNZ, 17, 16, SIGNED),
    INSN(MOVW_SABS_G2, MOVNZ, 17, 32, SIGNED),
    INSN(LD_PREL_LO19, IMM19, 19, 2, SIGNED, PC, EXACT),
    INSN(ADR_PREL_LO21, ADR, 21, 0, SIGNED, PC),
    INSN(ADR_PREL_PG_HI21, ADR, 21, 12, SIGNED, PAGE),
    INSN(ADR_PREL_PG_HI21_NC, ADR, 21, 12, ANY, PAGE),
    INSN(ADD_ABS_LO12_NC, IMM12, 12, 0, ANY),
    INSN(LDST8_ABS_LO12_NC, IMM12, 12, 0, ANY),
    INSN(LDST16_ABS_LO12_NC, LDST16, 11, 1, ANY, EXACT),
    INSN(LDST32_ABS_LO12_NC, LDST32, 10, 2, ANY, EXACT),
    INSN(LDST64_ABS_LO12_NC, LDST64, 9, 3, ANY, EXACT),
    INSN(LDST128_ABS_LO12_NC, LDST128, 8, 4, ANY, EXACT),
    INSN(TSTBR14, IMM14, 14, 2, SIGNED, PC, EXACT),
    INSN(CONDBR19, IMM19, 19, 2, SIGNED, PC, EXACT),
    INSN(JUMP26, IMM26, 26, 2, SIGNED, PC, EXACT),
    INSN(CALL26, IMM26, 26, 2, SIGNED, PC, EXACT),
    INSN(MOVW_PREL_G0, MOVNZ, 17, 0, SIGNED, PC),
    INSN(MOVW_PREL_G0_NC, MOVW, 16, 0, ANY, PC),
    INSN(MOVW_PREL_G1, MOVNZ, 17, 16, SIGNED, PC),
    INSN(MOVW_PREL_G1_NC, MOVW, 16, 16, ANY, PC),
    INSN(MOVW_PREL_G2, MOVNZ, 17, 32, SIGNED, PC),
    INSN(MOVW_PREL_G2_NC, MOVW, 16, 32, ANY, PC),
    INSN(MOVW_PREL_G3, MOVNZ, 16, 48, ANY, PC),
    INSN(ADR_GOT_PAGE, ADR, 21, 12, SIGNED, PAGE, GOT),
    INSN(LD64_GOT_LO12_NC, LDST64, 9, 3, ANY, EXACT, GOT),
};

/* 0, and the number that AAELF64 has withdrawn in its favour. */
static const struct livepatch_howto none[] = {
    {.type = R_AARCH64_NONE, .name = "R_AARCH64_NONE"},
    {.type = 256, .name = "R_AARCH64_NONE (256)"},
};

const struct livepatch_howto *arch_livepatch_howto(uint32_t type)
{
    if (type >= FIRST && type - FIRST < ARRAY_SIZE(howtos)) {
        return howtos[type - FIRST].name ? &howtos[type - FIRST] : NULL;
    }
    for (unsigned int i = 0; i < ARRAY_SIZE(none); i++) {
        if (type == none[i].type) {
            return &none[i];
        }
    }
    return NULL;
}
