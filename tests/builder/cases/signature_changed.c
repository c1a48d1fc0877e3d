/* SPDX-License-Identifier: GPL-2.0 */
/* A new argument: whoever calls it has changed as well. */
//= taken helper
//= taken one
//= taken two
#include "case.h"

int one(int value);
int two(int value);

#ifdef PATCHED
static noinline int helper(int value, int more)
{
    return ask(value) + more * ask(more);
}
#define HELP(value) helper(value, value + 4)
#else
static noinline int helper(int value)
{
    return ask(value);
}
#define HELP(value) helper(value)
#endif

int one(int value)
{
    return HELP(value) + 1;
}

int two(int value)
{
    return HELP(value) * 2;
}
