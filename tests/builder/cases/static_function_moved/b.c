/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

int one(int value);

#ifdef PATCHED
static noinline int helper(int value)
{
    printk("helping");
    return ask(value) * 3;
}

int one(int value)
{
    return helper(value) + 1;
}
#endif
