/* SPDX-License-Identifier: GPL-2.0 */
/* A function that another one of its name could have replaced. */
//= taken helper
#include "case.h"

noinline __attribute__((weak)) int helper(int value);
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
    return helper(value) * 2;
}
