/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Code that is exchanged for other code where the CPU has a feature, once,
 * before it first runs: how arm64 says where.
 */
#ifndef ASM_ALTERNATIVE_H
#define ASM_ALTERNATIVE_H

#include <xen/compiler.h>
#include <xen/types.h>

/* A record of .altinstructions. */
struct alt_instr {
    int32_t orig_offset; /* distance from this field to the original code */
    int32_t alt_offset;  /* distance from this field to the other code */
    uint16_t cpufeature;
    uint8_t orig_len;
    uint8_t alt_len;
};

/*
 * The original code, and the other of as many bytes that is to stand there
 * where the CPU has the feature; `feature` in the assembler's words.
 */
#define ALTERNATIVE(original, other, feature)                                  \
    "71: " original "\n"                                                       \
    "72:\n"                                                                    \
    ".pushsection .altinstructions, \"a\", %%progbits\n"                       \
    ".word 71b - .\n"                                                          \
    ".word 74f - .\n"                                                          \
    ".hword " feature "\n"                                                     \
    ".byte 72b - 71b, 75f - 74f\n"                                             \
    ".popsection\n"                                                            \
    ".pushsection .altinstr_replacement, \"ax\", %%progbits\n"                 \
    "74: " other "\n"                                                          \
    "75:\n"                                                                    \
    ".if (75b - 74b) - (72b - 71b)\n"                                          \
    ".error \"code of another length\"\n"                                      \
    ".endif\n"                                                                 \
    ".popsection\n"

#endif
