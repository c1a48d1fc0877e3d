/* SPDX-License-Identifier: GPL-2.0 */
/* What the linker drops is no change. */
//= nothing
#include "case.h"

int check(int value);
int other(int value);

int check(int value)
{
#ifdef PATCHED
    __asm__ volatile(".pushsection .discard, \"a\"\n"
                     ".byte 1, 2\n"
                     ".popsection\n");
#endif
    return ask(value);
}

int other(int value)
{
    return ask(value + 1);
}
