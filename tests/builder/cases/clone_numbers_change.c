/* SPDX-License-Identifier: GPL-2.0 */
/* Other clones and their numbers are no change. */
//= taken three
//=x86-gcc,arm64-gcc= warning counted.0: new data
//=x86-clang,arm64-clang= warning three.counted: new data
#include "case.h"

int one(int value);
int two(int value);
int three(int value);

static noinline int first(int value, int limit)
{
    return value > limit ? ask(limit) : ask(value);
}

static noinline int second(int value, int limit)
{
    return value < limit ? ask(limit + 1) : ask(value - 1);
}

int one(int value)
{
    return first(value, 10) + 1;
}

int two(int value)
{
    return second(value, 20) + 1;
}

int three(int value)
{
#ifdef PATCHED
    static int counted;

    use(&counted);
    counted++;
#endif
    return ask(value);
}
