/* SPDX-License-Identifier: GPL-2.0 */
/* The same functions, and the other one first. */
//= nothing
#include "case.h"

int one(int value);
int two(int value);

#ifdef PATCHED
int two(int value)
{
    printk("two");
    return ask(value + 2);
}
#endif

int one(int value)
{
    printk("one");
    return ask(value + 1);
}

#ifndef PATCHED
int two(int value)
{
    printk("two");
    return ask(value + 2);
}
#endif
