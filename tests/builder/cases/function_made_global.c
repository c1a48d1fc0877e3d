/* SPDX-License-Identifier: GPL-2.0 */
/* A function is the same one when others come to know it. */
//= taken helper
#include "case.h"

int check(int value);

#ifdef PATCHED
noinline int helper(int value);
noinline int helper(int value)
#else
static noinline int helper(int value)
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
