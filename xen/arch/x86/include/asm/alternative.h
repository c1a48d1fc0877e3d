/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Code that is exchanged for other code where the CPU has a feature, once,
 * before it first runs: the hypervisor's at boot, a payload's when it is
 * loaded. Example, in inline assembly:
 *
 *     __asm__(ALTERNATIVE("lfence; rdtsc", "rdtscp", "%c[rdtscp]")
 *             : ... : [rdtscp] "i"(X86_FEATURE_RDTSCP) : "ecx");
 */
#ifndef ASM_ALTERNATIVE_H
#define ASM_ALTERNATIVE_H

#include <xen/compiler.h>
#include <xen/types.h>

/* In a feature's number: the code is for CPUs that do not have it. */
#define ALT_NEGATED 0x8000

/* A record of .altinstructions. */
struct alt_instr {
    int32_t place; /* distance from this field to the original code */
    int32_t code;  /* distance from this field to the other code */
    uint16_t feature;
    uint8_t original_bytes;
    uint8_t code_bytes;
    uint8_t padding_bytes; /* NOPs behind the original code */
    uint8_t unused;
} __packed;

/*
 * The original code, padded so that the other code has room; `feature` in the
 * assembler's words. The assembler takes a comparison that holds for -1.
 */
#define ALTERNATIVE(original, other, feature)                                  \
    "71: " original "\n"                                                       \
    "72: .skip -((75f - 74f > 72b - 71b) * ((75f - 74f) - (72b - 71b))),"      \
    " 0x90\n"                                                                  \
    "73:\n"                                                                    \
    ".pushsection .altinstructions, \"a\", @progbits\n"                        \
    ".long 71b - .\n"                                                          \
    ".long 74f - .\n"                                                          \
    ".word " feature "\n"                                                      \
    ".byte 72b - 71b, 75f - 74f, 73b - 72b, 0\n"                               \
    ".popsection\n"                                                            \
    ".pushsection .altinstr_replacement, \"ax\", @progbits\n"                  \
    "74: " other "\n"                                                          \
    "75:\n"                                                                    \
    ".popsection\n"

/* Exchanges the hypervisor's own, and binds its alternative calls, before there
 * is a second pCPU. */
void alternatives_apply(void);

/*
 * ALTERNATIVE() as statements; feature: X86_FEATURE_NAME, LIVEPATCH_FEATURE, or
 * one of them | ALT_NEGATED. alternative_io() has operands: its outputs, which
 * ASM_OUTPUT2() holds together when there are several, then its inputs.
 */
#define alternative(original, other, feature)                                  \
    alternative_input(original, other, feature)
#define alternative_input(original, other, feature, ...)                       \
    __asm__ __volatile__(                                                      \
        ALTERNATIVE(original, other, "%c[alternative_feature]")                \
        :                                                                      \
        : __VA_OPT__(__VA_ARGS__, )[alternative_feature] "i"(feature)          \
        : "memory")
#define alternative_io(original, other, feature, output, ...)                  \
    __asm__ __volatile__(                                                      \
        ALTERNATIVE(original, other, "%c[alternative_feature]")                \
        : output                                                               \
        : __VA_OPT__(__VA_ARGS__, )[alternative_feature] "i"(feature))
#define ASM_OUTPUT2(...) __VA_ARGS__

#endif
