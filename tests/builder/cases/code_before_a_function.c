/* SPDX-License-Identifier: GPL-2.0 */
/* Code before a function, which jumps there without a relocation. */
//= refused unnamed: no function refers to
#include "case.h"

__asm__(".pushsection .text.helper, \"ax\"\n"
        "1:\n"
#ifdef PATCHED
#ifdef __x86_64__
        "ud2\n"
#else
        "brk 7\n"
#endif
#else
#ifdef __x86_64__
        "nop\nnop\n"
#else
        "nop\n"
#endif
#endif
        "ret\n"
        ".globl helper\n"
        ".type helper, %function\n"
        "helper:\n"
#ifdef __x86_64__
        "jmp 1b\n"
#else
        "b 1b\n"
#endif
        "nop\nnop\nnop\nnop\n"
        ".size helper, . - helper\n"
        ".popsection\n");
void helper(void);
int check(int value);

int check(int value)
{
    helper();
    return ask(value);
}
