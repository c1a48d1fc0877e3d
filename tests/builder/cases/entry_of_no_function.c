/* SPDX-License-Identifier: GPL-2.0 */
/* An entry of a table that tells of another object's text. */
//= refused entry: that belongs to no function
#include "case.h"

#ifdef PATCHED
#define PLACE "ask"
#else
#define PLACE "printk"
#endif

__asm__(".pushsection .ex_table, \"a\"\n"
        ".long " PLACE " - ., use - .\n"
        ".popsection\n");
int check(int value);

int check(int value)
{
    return ask(value);
}
