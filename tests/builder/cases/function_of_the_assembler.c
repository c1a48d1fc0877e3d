/* SPDX-License-Identifier: GPL-2.0 */
/* A function in the assembler's words, of a C file. */
// live: same: the code does nothing
//= taken helper
#include "case.h"

__asm__(".pushsection .text.helper, \"ax\"\n"
        ".globl helper\n"
        ".type helper, %function\n"
        "helper:\n"
#ifdef PATCHED
        "nop\n"
#endif
        "nop\nnop\nnop\nnop\n"
        "ret\n"
        ".size helper, . - helper\n"
        ".popsection\n");
void helper(void);
int check(int value);

int check(int value)
{
    helper();
    return ask(value);
}
