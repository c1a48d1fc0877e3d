/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The functions of the payload `crossing`:
 *
 *     crosses_1    its first byte is the last one of a page
 *     crosses_4    its first four are
 *     crosses_15   31 bytes, of which 15 are, before those that answer
 */
#ifndef CROSSING_H
#define CROSSING_H

#define CROSSES_1_BYTES 6
#define CROSSES_4_BYTES 6
#define CROSSES_15_BYTES 37

/* Up to the bytes that answer otherwise; which ones are shown. */
#define CROSSES_15_NOPS 31
#define CROSSES_15_SHOWN 11

/* Nothing of the rest runs: a byte that was not replaced would trap. */
#define CROSSING_FUNCTIONS                                                     \
    ".section .text.crossing, \"ax\", @progbits\n"                             \
    ".balign 4096\n"                                                           \
    ".skip 4096 - 1, 0xcc\n"                                                   \
    ".globl crosses_1\n"                                                       \
    ".type crosses_1, @function\n"                                             \
    "crosses_1: mov $0x5a5a5a61, %eax\n"                                       \
    "ret\n"                                                                    \
    ".size crosses_1, . - crosses_1\n"                                         \
    ".org 2 * 4096 - 4, 0xcc\n"                                                \
    ".globl crosses_4\n"                                                       \
    ".type crosses_4, @function\n"                                             \
    "crosses_4: mov $0x5a5a5a62, %eax\n"                                       \
    "ret\n"                                                                    \
    ".size crosses_4, . - crosses_4\n"                                         \
    ".org 3 * 4096 - 15, 0xcc\n"                                               \
    ".globl crosses_15\n"                                                      \
    ".type crosses_15, @function\n"                                            \
    "crosses_15: mov $0x5a5a5a63, %eax\n"                                      \
    "ret\n"                                                                    \
    ".skip 25, 0xcc\n"                                                         \
    "mov $0x5a5a5a43, %eax\n"                                                  \
    "ret\n"                                                                    \
    ".size crosses_15, . - crosses_15\n"                                       \
    ".balign 16, 0xcc\n"                                                       \
    ".previous\n"

#endif
