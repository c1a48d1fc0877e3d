/* SPDX-License-Identifier: GPL-2.0 */
/* A function that another file comes to call is reached where it is. */
//= taken two
// has: a.c#helper
#include "case.h"

int one(int value);

#ifdef PATCHED
int helper(int value);
noinline int helper(int value)
#else
static noinline int helper(int value)
#endif
{
    printk("helping");
    return ask(value);
}

int one(int value)
{
    return helper(value) + 1;
}
