/* SPDX-License-Identifier: GPL-2.0 */
/* A function that is called, and inlined into one of its callers by GCC. */
//= taken judge
//=x86-gcc,arm64-gcc= taken one
#include "case.h"

int one(int value);
int two(int value);

static int judge(int value)
{
    if (__builtin_expect(value < 0, 0)) {
        printk("negative");
        use(&value);
        printk("still negative");
        ask(value);
        ask(value + 1);
#ifdef PATCHED
        ask(value + 2);
#endif
        ask(value + 3);
        return ask(value + 4);
    }
    return value;
}

int one(int value)
{
    return judge(value) + judge(value + 1);
}

int two(int value)
{
    return judge(ask(value)) + judge(value - 1);
}
