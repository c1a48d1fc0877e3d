/* SPDX-License-Identifier: GPL-2.0 */
/* What is new comes along. */
//= taken check: changed
//= taken helper: new function
#include "case.h"

int check(int value);

#ifdef PATCHED
static noinline int helper(int value)
{
    printk("helping");
    return ask(value) ^ 1;
}
#endif

int check(int value)
{
#ifdef PATCHED
    return helper(value);
#else
    return ask(value);
#endif
}
