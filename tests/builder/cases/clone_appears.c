/* SPDX-License-Identifier: GPL-2.0 */
/* A call changes, and with it what the function is called that is made for it.
 */
//= taken one
//=x86-gcc,arm64-gcc= taken two
//=x86-gcc,arm64-gcc= taken judge.constprop.0: new function
//=x86-clang,arm64-clang= taken judge
#include "case.h"

int one(int value);
int two(int value, int limit);

static noinline int judge(int value, int limit)
{
    printk("judging");
    return value > limit ? ask(limit) : ask(value);
}

int one(int value)
{
    return judge(value, 10) + 1;
}

int two(int value, int limit)
{
#ifdef PATCHED
    return judge(value + 1, 10);
#else
    return judge(value + 1, limit);
#endif
}
