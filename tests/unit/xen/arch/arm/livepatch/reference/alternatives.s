// SPDX-License-Identifier: GPL-2.0
// The same code twice, at the place of an alternative and where its record has
// it: what the linker makes of the second is what comes of the first when it
// is moved there.

    .macro block
    nop
    b far
    bl far
    bl near
    b.eq near
    cbz x0, near
    cbnz w1, near
    tbz x2, #40, near
    tbnz w3, #4, near
    adr x4, data
    adrp x5, data
    add x5, x5, #:lo12:data
    ldr x6, data
    ldr w7, data
    ldrsw x8, data
    ldr q9, data
    prfm pldl1keep, data
    b 1f
    cbz x10, 1f
    b.ne 2f
    mov x11, x12
1:  ret
    hint #16
    br x16
    blr x17
    svc #0
    mrs x13, currentel
2:
    .endm

    .text
    .globl _start, place, code, code_end
_start:
    .skip 0x100
place:
    block
    .balign 16
near:
    ret
data:
    .xword 0, 0
    .skip 0x1ec8
code:
    block
code_end:
    .skip 0x100000
far:
    ret
