/* SPDX-License-Identifier: GPL-2.0 */
/* A function comes out of its callers. */
// live: same: the code is in another place, and does the same
//= taken one
//= taken two
//= taken judge: new function
#include "case.h"

int one(int value);
int two(int value);

#ifdef PATCHED
static noinline int judge(int value)
#else
static always_inline int judge(int value)
#endif
{
    return ask(value) * 3;
}

int one(int value)
{
    return judge(value) + ask(1);
}

int two(int value)
{
    return judge(ask(value));
}
