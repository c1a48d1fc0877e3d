/* SPDX-License-Identifier: GPL-2.0 */
/* A function is the same one when others do not know it any more. */
//= taken helper
#include "case.h"

int check(int value);
int other(int value);

#ifdef PATCHED
static noinline int helper(int value)
#else
noinline int helper(int value);
noinline int helper(int value)
#endif
{
#ifdef PATCHED
    return ask(value) + 2;
#else
    return ask(value) + 1;
#endif
}

int check(int value)
{
    return helper(value) * 2;
}

int other(int value)
{
    return helper(value) * 5;
}
