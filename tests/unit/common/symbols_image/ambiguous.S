/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Says that it is the first file, and defines a symbol of the same name.
 */
    .file "common/first.c"

    .text
    .type local_fn, @function
local_fn:
    .skip 0x10
