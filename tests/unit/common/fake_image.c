// SPDX-License-Identifier: GPL-2.0
/*
 * The image's bounds that a linker script would give, around plain memory; a
 * build-id note, bug frames and an exception table; and what the users of the
 * bounds ask of the rest.
 */
#include <xen/kernel.h>
#include <xen/rcupdate.h>

#include "fake_image.h"

enum system_state system_state = SYS_STATE_active;

static void (*at_barrier)(void);

void fake_rcu_at_barrier(void (*look)(void))
{
    at_barrier = look;
}

void rcu_barrier(void)
{
    if (at_barrier) {
        at_barrier();
    }
}

/* As <xen/kernel.h> and version.c declare them. */
__asm__(".bss\n"
        ".balign 4096\n"
        ".globl fake_start, fake_end, _stext, _etext, _srodata, _erodata\n"
        ".globl _sinit, _einit\n"
        "fake_start:\n"
        "_stext: .skip 0x1000\n"
        "_etext:\n"
        "_srodata: .skip 0x1000\n"
        "_erodata:\n"
        "_sinit: .skip 0x1000\n"
        "_einit: .skip 0x1000\n"
        "fake_end:\n"
        ".section .rodata\n"
        ".balign 4\n"
        ".globl __note_gnu_build_id_start, __note_gnu_build_id_end\n"
        "__note_gnu_build_id_start:\n"
        ".long 4, 20, 3\n"
        ".asciz \"GNU\"\n"
        ".byte 0, 1, 2, 3, 4, 5, 6, 7, 8, 9\n"
        ".byte 10, 11, 12, 13, 14, 15, 16, 17, 18, 19\n"
        "__note_gnu_build_id_end:\n"
        ".balign 4\n"
        ".globl __start_bug_frames_0, __stop_bug_frames_0\n"
        ".globl __start_bug_frames_1, __stop_bug_frames_1\n"
        ".globl __start_bug_frames_2, __stop_bug_frames_2\n"
        ".globl __start_bug_frames_3, __stop_bug_frames_3\n"
        "__start_bug_frames_0:\n"
        "__stop_bug_frames_0:\n"
        "__start_bug_frames_1:\n"
        ".long _stext + 16 - ., fake_file - . + 4 + (7 << 24)\n"
        ".long _sinit + 16 - ., fake_file - . + 4 + (8 << 24)\n"
        "__stop_bug_frames_1:\n"
        "__start_bug_frames_2:\n"
        ".long _stext + 32 - . + (2 << 24)\n"
        ".long fake_file - . + 4 + (44 << 24)\n"
        "__stop_bug_frames_2:\n"
        "__start_bug_frames_3:\n"
        ".long _stext + 48 - . + (127 << 24)\n"
        ".long fake_file - . + 4 + (127 << 24)\n"
        ".long fake_claim - . + 8, 0\n"
        "__stop_bug_frames_3:\n"
        "fake_file: .asciz \"fake.c\"\n"
        "fake_claim: .asciz \"a < b\"\n"
        ".balign 4\n"
        ".globl __start___ex_table, __stop___ex_table\n"
        "__start___ex_table:\n"
        ".long _stext + 0 - ., _stext + 1 - .\n"
        ".long _stext + 9 - ., _stext + 3 - .\n"
        ".long _sinit + 2 - ., _sinit + 4 - .\n"
        "__stop___ex_table:\n"
        ".text\n");
