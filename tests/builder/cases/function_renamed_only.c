/* SPDX-License-Identifier: GPL-2.0 */
/* A function gets another name, and nothing else changes. */
//= nothing
#include "case.h"

int check(int value);

#ifdef PATCHED
#define helper aid
#endif
static noinline int helper(int value)
{
    static int calls;

    use(&calls);
    calls++;
    return ask(value) + 1;
}

int check(int value)
{
    return helper(value) * 2;
}
