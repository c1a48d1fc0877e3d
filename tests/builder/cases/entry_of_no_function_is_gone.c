/* SPDX-License-Identifier: GPL-2.0 */
/* An entry of a table that tells of another object's text is gone, with its table. */
//= refused entry: that belongs to no function
#include "case.h"


#ifndef PATCHED
__asm__(".pushsection .ex_table, \"a\"\n"
        ".long printk - ., use - .\n"
        ".popsection\n");
#endif
int check(int value);

int check(int value)
{
    return ask(value);
}
