/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Symbols of every kind that the table takes or leaves out.
 */
    .file "common/first.c"

    .text
    .globl global_fn, alias_fn
    .type global_fn, @function
label_of_global_fn:
global_fn:
alias_fn:
    .skip 0x40
    .type local_fn, @function
local_fn:
    .skip 0x20
$d:
hidden_compiled.1:
    .skip 0x20
    .set absolute_value, 0x1234

    .section .init.text, "ax"
    .globl init_fn
    .type init_fn, @function
init_fn:
    .skip 0x10

    .data
    .type counter, @object
counter:
    .skip 8
    /* Names of 127 and 128 bytes. */
    .globl nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn, nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn
nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn:
nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn:

    .section .low, "ax"
    .globl low_fn
low_fn:
    .skip 8
