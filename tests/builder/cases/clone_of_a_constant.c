/* SPDX-License-Identifier: GPL-2.0 */
/* A clone that the compiler has made for an argument that is always the same.
 */
//=x86-gcc,arm64-gcc= taken judge.constprop.0
//=x86-clang,arm64-clang= taken judge
#include "case.h"

int one(int value);
int two(int value);

/* GCC makes clones of it for the constant. */
static noinline int judge(int value, int limit)
{
    if (value > limit) {
        printk("too much");
        return ask(limit);
    }
#ifdef PATCHED
    if (value < -limit) {
        return ask(-limit);
    }
#endif
    return ask(value);
}

int one(int value)
{
    return judge(value, 10) + 1;
}

int two(int value)
{
    return judge(value + 1, 10);
}
