/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

int two(int value);

#ifdef PATCHED
static noinline int helper(int value)
{
    printk("b");
    return ask(value);
}
#else
#define helper ask
#endif

int two(int value)
{
    return helper(value) + 2;
}
