/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

int moved(int value);
int two(int value);

int two(int value)
{
    return moved(value) + 2;
}

#ifdef PATCHED
noinline int moved(int value)
{
    printk("moved");
    return ask(value) * 4;
}
#endif
