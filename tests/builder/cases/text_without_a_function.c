/* SPDX-License-Identifier: GPL-2.0 */
/* Code of the assembler that no function refers to. */
//= refused unnamed: no function refers to
#include "case.h"

__asm__(".pushsection .text.helper, \"ax\"\n"
#ifdef PATCHED
        "nop\n"
#endif
        "nop\n"
        ".popsection\n");
int check(int value);

int check(int value)
{
    return ask(value);
}
