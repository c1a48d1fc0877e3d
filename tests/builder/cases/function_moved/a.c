/* SPDX-License-Identifier: GPL-2.0 */
/* A function that moves to another file, and changes. */
//= taken moved
// has: moved
#include "case.h"

int moved(int value);
int one(int value);

#ifndef PATCHED
noinline int moved(int value)
{
    printk("moved");
    return ask(value) * 3;
}
#endif

int one(int value)
{
    return moved(value) + 1;
}
