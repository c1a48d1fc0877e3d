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

#endif
