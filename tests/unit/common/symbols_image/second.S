/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Local symbols with names that another file has too.
 */
    .file "arch/second.c"

    .text
    .type local_fn, @function
local_fn:
    .skip 0x30

    .data
    .type counter, @object
counter:
    .skip 8
