/* SPDX-License-Identifier: GPL-2.0 */
/* What is not called any more may stay. */
//= taken check
#include "case.h"

int check(int value);

#ifndef PATCHED
int helper(int value);
int helper(int value)
{
    return ask(value) * 7;
}
#endif

int check(int value)
{
#ifdef PATCHED
    return ask(value);
#else
    return helper(value);
#endif
}
