/* SPDX-License-Identifier: GPL-2.0 */
/* A table that tells of the text of another object is gone. */
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
