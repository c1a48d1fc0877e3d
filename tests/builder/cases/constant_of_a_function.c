/* SPDX-License-Identifier: GPL-2.0 */
/* A constant table of one function. */
//= taken check
//=x86-gcc,arm64-gcc= taken limits.1: changed constant
//=x86-clang,arm64-clang= taken check.limits: changed constant
#include "case.h"

int check(int value);
int other(int value);

int check(int value)
{
    static const int limits[] = {1, 2, 3, 4, 5, 6,
#ifdef PATCHED
                                 8,
#else
                                 7,
#endif
                                 9};

    use(limits);
    return limits[value & 7];
}

int other(int value)
{
    static const int limits[] = {1, 2, 3, 4, 5, 6, 6, 6};

    use(limits);
    return limits[value & 7];
}
