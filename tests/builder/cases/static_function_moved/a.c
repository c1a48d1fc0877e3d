/* SPDX-License-Identifier: GPL-2.0 */
/* A function of one file moves to another with all who call it. */
// live: same: the code is in another place, and does the same
//= taken one
//= taken helper: new function
#include "case.h"

int one(int value);

#ifndef PATCHED
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
