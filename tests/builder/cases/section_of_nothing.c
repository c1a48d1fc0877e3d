/* SPDX-License-Identifier: GPL-2.0 */
/* A section without content, as each object of a new file has some. */
//= taken check
#include "case.h"

int check(int value);

#ifdef PATCHED
__asm__(".pushsection .rodata.nothing, \"a\"\n"
        ".popsection\n");
#endif

int check(int value)
{
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
