/* SPDX-License-Identifier: GPL-2.0 */
/* Code with an entry in a table, that no function refers to. */
//= refused unnamed: differs
#include "case.h"

__asm__(".pushsection .text.helper, \"ax\"\n"
#ifdef PATCHED
        "nop\n"
#endif
        "1: nop\n"
        ".pushsection .ex_table, \"a\"\n"
        ".long 1b - ., use - .\n"
        ".popsection\n"
        ".popsection\n");
int check(int value);

int check(int value)
{
    return ask(value);
}
