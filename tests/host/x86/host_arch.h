/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the host, and tests for every architecture, must know of x86-64: the
 * code of its functions, and how its payloads refer to things.
 */
#ifndef HOST_ARCH_H
#define HOST_ARCH_H

#include <xen/elfstructs.h>

/* What vmalloc has, and how far below the image's start that begins. */
#define HOST_VMAP_BYTES 0x8000000UL
#define HOST_VMAP_GAP_MIN 0x10000000UL
#define HOST_VMAP_GAP_MAX 0x40000000UL

/* Alone in memory it traps. */
#define HOST_PADDING 0xcc /* INT3 */

/* mov $N, %eax; ret */
#define HOST_RETURN(n) 0xb8, n, 0, 0, 0, 0xc3
#define HOST_RETURN_BYTES 6
/* The shortest: xor %eax, %eax; ret */
#define HOST_RETURN_0 0x31, 0xc0, 0xc3
#define HOST_NOP 0x90
/* A landing pad, and one that is none any more. */
#define HOST_PAD 0xf3, 0x0f, 0x1e, 0xfa
#define HOST_OTHER_PAD 0x66, 0x0f, 0x1f, 0x01

/* What a trampoline leaves of the other one. */
#define HOST_NEW_PAD HOST_OTHER_PAD
/* As many bytes of NOPs as a trampoline has at least. */
#define HOST_NOPS 0x0f, 0x1f, 0x44, 0x00, 0x00
#define HOST_NOPS_BYTES 5

/* Functions with no room, and with just enough of it. */
#define HOST_SMALL_FUNCTIONS                                                   \
    {"tiny_4", {HOST_RETURN_0, HOST_NOP}, 4},                                  \
        {"tiny_5", {HOST_RETURN_0, HOST_NOP, HOST_NOP}, 5},                    \
        {"endbr_8", {HOST_PAD, HOST_RETURN_0, HOST_NOP}, 8},                   \
    {                                                                          \
        "endbr_9", {HOST_PAD, HOST_RETURN_0, HOST_NOP, HOST_NOP}, 9            \
    }

#define HOST_SMALLEST "tiny_5"
#define HOST_NO_ROOM "answer has 4 bytes, a trampoline needs 5"

/* Relocations: nothing; an address in 8 bytes; a distance in 4; the address of
 * a word that holds an address, or its distance, in 4. */
#define HOST_RELOC_NONE R_X86_64_NONE
#define HOST_RELOC_NONE_NAME "R_X86_64_NONE"
#define HOST_RELOC_ABS64 R_X86_64_64
#define HOST_RELOC_ABS64_NAME "R_X86_64_64"
#define HOST_RELOC_PC32 R_X86_64_PC32
#define HOST_RELOC_PC32_NAME "R_X86_64_PC32"

#endif
