/* SPDX-License-Identifier: GPL-2.0 */
/* Code of the assembler that no function refers to is gone. */
//= refused unnamed: is gone
#include "case.h"

#ifndef PATCHED
__asm__(".pushsection .text.helper, \"ax\"\n"
        "1: nop\n"
        ".pushsection .ex_table, \"a\"\n"
        ".long 1b - ., use - .\n"
        ".popsection\n"
        ".popsection\n");
#endif
int check(int value);

int check(int value)
{
    return ask(value);
}
