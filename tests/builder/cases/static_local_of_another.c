/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A function's variable goes, another function gets one of the same name: it
 * must not find the old one's value in it.
 */
//=x86-gcc,arm64-gcc= taken one: changed
//=x86-gcc,arm64-gcc= taken two: changed
//=x86-gcc,arm64-gcc= refused two: uses 'nr.0'
//=x86-clang,arm64-clang= taken one: changed
//=x86-clang,arm64-clang= taken two: changed
//=x86-clang,arm64-clang= warning two.nr: new data
#include "case.h"

int one(void);
int two(void);

int one(void)
{
#ifndef PATCHED
    static int nr;

    use(&nr);
    return nr++;
#else
    return ask(1);
#endif
}

int two(void)
{
#ifdef PATCHED
    static int nr;

    use(&nr);
    return nr++;
#else
    return ask(2);
#endif
}
