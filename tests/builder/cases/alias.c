/* SPDX-License-Identifier: GPL-2.0 */
/* Two names of one function. */
//= taken helper
#include "case.h"

noinline int helper(int value);
int also(int value) __attribute__((alias("helper")));
int check(int value);

int helper(int value)
{
#ifdef PATCHED
    return ask(value) + 2;
#else
    return ask(value) + 1;
#endif
}

int check(int value)
{
    return also(value) * 2;
}
