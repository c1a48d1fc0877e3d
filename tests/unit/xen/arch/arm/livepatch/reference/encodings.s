// SPDX-License-Identifier: GPL-2.0
// The instructions that live patching writes or looks for, in the order of the
// test's table.

    .arch armv8.5-a
    .text
    nop
    bti c
    bti j
    bti jc
    paciasp
    pacibsp
    b .
    adrp x16, _start
    add x16, x16, #0
    br x16
    .globl _start
_start:
