// SPDX-License-Identifier: GPL-2.0
// One place and more for each relocation type that does not need a GOT. A
// symbol is given its value when this is linked (*.ld): abs_... is a number,
// at_... has a distance from where .text begins.

    .text
    .globl _start
_start:
    .xword abs_64
    .xword abs_64 - 0x123
    .xword at_32 - .
    .word abs_32
    .word at_32 - .
    .hword abs_16
    .hword at_16 - .

    movz x0, #:abs_g0:abs_16
    movk x1, #:abs_g0_nc:abs_64
    movz x2, #:abs_g1:abs_32
    movk x3, #:abs_g1_nc:abs_64
    movz x4, #:abs_g2:abs_48
    movk x5, #:abs_g2_nc:abs_64
    movz x6, #:abs_g3:abs_64
    movz x7, #:abs_g0_s:abs_17s
    movz x8, #:abs_g1_s:abs_33s
    movn x9, #:abs_g2_s:abs_49s
    movz x10, #:prel_g0:at_16
    movk x11, #:prel_g0_nc:at_48
    movz x12, #:prel_g1:at_32
    movk x13, #:prel_g1_nc:at_48
    movz x14, #:prel_g2:at_48
    movk x15, #:prel_g2_nc:at_48
    movz x16, #:prel_g3:at_48

    ldr x17, at_19
    ldr w18, at_19 + 4
    ldr q19, at_19
    adr x20, at_21
    adr x21, at_21 + 3
    adrp x22, at_page
    adrp x23, :pg_hi21_nc:at_page
    add x24, x22, #:lo12:at_page
    add w25, w22, #:lo12:at_page + 5
    ldrb w26, [x22, #:lo12:at_page + 1]
    strb w26, [x22, #:lo12:at_page + 0x7ff]
    ldrh w27, [x22, #:lo12:at_page + 2]
    ldr w28, [x22, #:lo12:at_page + 4]
    str x29, [x22, #:lo12:at_page + 8]
    ldr x30, [x22, #:lo12:at_page]
    ldr q0, [x22, #:lo12:at_page]
    str q31, [x22, #:lo12:at_page]

    tbz x0, #33, at_14
    tbnz w1, #3, at_14 + 4
    b.eq at_19
    cbz x2, at_19
    cbnz w3, at_19 - 4
    b at_26
    bl at_26
    bl at_26 + 0x40
