/* SPDX-License-Identifier: GPL-2.0 */
/* A function that its three callers have inlined: it is none itself. */
//= taken one
//= taken two
//= taken three
#include "case.h"

int one(int value);
int two(int value);
int three(int value);
int apart(int value);

static always_inline int judge(int value)
{
#ifdef PATCHED
    if (value > 100) {
        return -1;
    }
#endif
    return value * 3;
}

int one(int value)
{
    return judge(value) + ask(1);
}

int two(int value)
{
    return judge(ask(value));
}

int three(int value)
{
    return ask(judge(value) + 3);
}

int apart(int value)
{
    return ask(value);
}
