/* SPDX-License-Identifier: GPL-2.0 */
/* A variable of a function that is nowhere but in others. */
//= taken second
#include "case.h"

int first(int value);
int second(int value);

static always_inline int count(int value)
{
    static int nr;

    use(&nr);
    nr += value;
    return nr;
}

int first(int value)
{
    return count(value) + ask(value);
}

int second(int value)
{
#ifdef PATCHED
    return count(value + 1);
#else
    return count(value);
#endif
}
