/* SPDX-License-Identifier: GPL-2.0 */
/* A function of the assembler that jumps to another without a relocation. */
//= refused helper: without a relocation, to what lies beside
//= taken helper: now
#include "case.h"

__asm__(".pushsection .text.helper, \"ax\"\n"
        ".type other, %function\n"
        "other: ret\nnop\nnop\nnop\nnop\nnop\n"
        ".size other, . - other\n"
        ".globl helper\n"
        ".type helper, %function\n"
        "helper:\n"
#ifdef PATCHED
        "nop\n"
#endif
        "nop\nnop\nnop\nnop\n"
#ifdef __x86_64__
        "jmp other\n"
#else
        "b other\n"
#endif
        ".size helper, . - helper\n"
        ".popsection\n");
void helper(void);
int check(int value);

int check(int value)
{
    helper();
    return ask(value);
}
