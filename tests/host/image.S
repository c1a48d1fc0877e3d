/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Room for the fake hypervisor's image under the names that <xen/kernel.h>
 * gives to its parts. arena.c maps memory of its own over it.
 */
#include "arena.h"

    .section .bss.host_image, "aw", @nobits
    .balign 4096
    .globl _sverify, _everify, _snopatch, _enopatch
    .globl _sdata, _ebss, _sro_after_init, _ero_after_init
    .globl _stext, _etext, _srodata, _erodata, _sinit, _einit
_stext:
    .skip HOST_TEXT_BYTES - HOST_KEPT_BYTES
_sverify:
    .skip HOST_VERIFY_BYTES
_everify:
    .skip HOST_PLAIN_BYTES
_snopatch:
    .skip HOST_NOPATCH_BYTES
_enopatch:
_etext:
_srodata:
    .skip HOST_RODATA_BYTES
_erodata:
_sinit:
    .skip HOST_INIT_BYTES
_einit:
_sro_after_init: /* none */
_ero_after_init:
_sdata: /* none */
_ebss:

    /* The fake hypervisor has no bug frames and no exception table. */
    .section .rodata.host_tables, "a"
    .globl __start_bug_frames_0, __stop_bug_frames_0
    .globl __start_bug_frames_1, __stop_bug_frames_1
    .globl __start_bug_frames_2, __stop_bug_frames_2
    .globl __start_bug_frames_3, __stop_bug_frames_3
    .globl __start___ex_table, __stop___ex_table
__start_bug_frames_0:
__stop_bug_frames_0:
__start_bug_frames_1:
__stop_bug_frames_1:
__start_bug_frames_2:
__stop_bug_frames_2:
__start_bug_frames_3:
__stop_bug_frames_3:
__start___ex_table:
__stop___ex_table:

    .section .note.GNU-stack, "", @progbits
