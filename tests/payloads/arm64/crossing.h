/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The functions of the payload `crossing`:
 *
 *     crosses_1, crosses_4    the first of two instructions is the last of a
 *                             page
 *     crosses_15              seven instructions, three of them before the end
 *                             of a page, before those that answer otherwise
 *
 * No instruction crosses a page, so no jump that replaces one does.
 */
#ifndef CROSSING_H
#define CROSSING_H

#define CROSSES_1_BYTES 8
#define CROSSES_4_BYTES 8
#define CROSSES_15_BYTES 36

/* Up to the bytes that answer otherwise; which ones are shown. */
#define CROSSES_15_NOPS 28
#define CROSSES_15_SHOWN 8

/* Nothing of the rest runs: a word that was not replaced would trap. */
#define CROSSING_FUNCTIONS                                                     \
    ".section .text.crossing, \"ax\", %progbits\n"                             \
    ".balign 4096\n"                                                           \
    ".skip 4096 - 4\n"                                                         \
    ".globl crosses_1\n"                                                       \
    ".type crosses_1, %function\n"                                             \
    "crosses_1: mov w0, 'a'\n"                                                 \
    "ret\n"                                                                    \
    ".size crosses_1, . - crosses_1\n"                                         \
    ".org 2 * 4096 - 4\n"                                                      \
    ".globl crosses_4\n"                                                       \
    ".type crosses_4, %function\n"                                             \
    "crosses_4: mov w0, 'b'\n"                                                 \
    "ret\n"                                                                    \
    ".size crosses_4, . - crosses_4\n"                                         \
    ".org 3 * 4096 - 12\n"                                                     \
    ".globl crosses_15\n"                                                      \
    ".type crosses_15, %function\n"                                            \
    "crosses_15: mov w0, 'c'\n"                                                \
    "ret\n"                                                                    \
    ".skip 20\n"                                                               \
    "mov w0, 'C'\n"                                                            \
    "ret\n"                                                                    \
    ".size crosses_15, . - crosses_15\n"                                       \
    ".balign 16\n"                                                             \
    ".previous\n"

#endif
