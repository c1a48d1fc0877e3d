/* SPDX-License-Identifier: GPL-2.0 */
/* New functions of one name in two files. */
//= taken one
//= taken two
//= taken helper: new function
#include "case.h"

int one(int value);

#ifdef PATCHED
static noinline int helper(int value)
{
    printk("a");
    return ask(value);
}
#else
#define helper ask
#endif

int one(int value)
{
    return helper(value) + 1;
}
