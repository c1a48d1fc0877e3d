/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The names of the hypervisor that payloads are measured against: an image of
 * 7,000 functions for the program that makes a hypervisor's symbol table. The
 * function that a payload names alone is the first.
 */
#define NR_SYMBOLS 7000
#define FUNCTION_BYTES 16

    .altmacro
    .macro function number
    .globl hypervisor_symbol_\number
hypervisor_symbol_\number:
    .skip FUNCTION_BYTES
    .endm

    .text
    .globl _start, _end, answer
_start:
answer:
    .set number, 0
    .rept NR_SYMBOLS
    function %number
    .set number, number + 1
    .endr
_end:

    .section .note.GNU-stack, "", @progbits
