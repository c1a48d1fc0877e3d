/* SPDX-License-Identifier: GPL-2.0 */
/* A new function of one file that another one calls. */
//= taken two
//= taken helper: new function
#include "case.h"

int one(int value);
int helper(int value);

#ifdef PATCHED
int helper(int value)
{
    printk("helping");
    return ask(value);
}
#endif

int one(int value)
{
    return ask(value) + 1;
}
