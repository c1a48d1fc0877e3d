/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A function's variable goes, another function gets one of the same name: it
 * must not find the old one's value in it, unless it has moved with its code.
 */
//= taken one: changed
//= taken two: changed
//= refused two: may be a new one
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
