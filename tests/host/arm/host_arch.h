/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the host, and tests for every architecture, must know of arm64: the
 * code of its functions, and how its payloads refer to things.
 */
#ifndef HOST_ARCH_H
#define HOST_ARCH_H

#include <xen/elfstructs.h>

/* What vmalloc has, and how far below the image's start that begins. */
#define HOST_VMAP_BYTES 0x4000000UL
#define HOST_VMAP_GAP_MIN 0x4400000UL
#define HOST_VMAP_GAP_MAX 0x7800000UL

/* Four of them trap. */
#define HOST_PADDING 0x00 /* UDF #0 */

/* mov w0, #N; ret */
#define HOST_RET 0xc0, 0x03, 0x5f, 0xd6
#define HOST_RETURN(n) ((n)&7) << 5, (n) >> 3, 0x80, 0x52, HOST_RET
#define HOST_RETURN_BYTES 8
#define HOST_NOP 0x1f, 0x20, 0x03, 0xd5
/* BTI c, and PACIASP, which is one and more. */
#define HOST_PAD 0x5f, 0x24, 0x03, 0xd5
#define HOST_OTHER_PAD 0x3f, 0x23, 0x03, 0xd5

/* What a trampoline leaves of the other one. */
#define HOST_NEW_PAD HOST_PAD
/* As many bytes of NOPs as a trampoline has at least. */
#define HOST_NOPS HOST_NOP
#define HOST_NOPS_BYTES 4

/* Functions with no room, and with just enough of it. */
#define HOST_SMALL_FUNCTIONS                                                   \
    {"tiny_4", {HOST_RET}, 4}, {"bti_4", {HOST_PAD}, 4},                       \
    {                                                                          \
        "bti_8", {HOST_PAD, HOST_RET}, 8                                       \
    }

#define HOST_SMALLEST "tiny_4"
#define HOST_NO_ROOM "answer has 3 bytes, a trampoline needs 4"

/* Relocations: nothing; an address in 8 bytes; a distance in 4. */
#define HOST_RELOC_NONE R_AARCH64_NONE
#define HOST_RELOC_NONE_NAME "R_AARCH64_NONE"
#define HOST_RELOC_ABS64 R_AARCH64_ABS64
#define HOST_RELOC_ABS64_NAME "R_AARCH64_ABS64"
#define HOST_RELOC_PC32 R_AARCH64_PREL32
#define HOST_RELOC_PC32_NAME "R_AARCH64_PREL32"

#endif
