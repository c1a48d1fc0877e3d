/* SPDX-License-Identifier: GPL-2.0 */
/* A variable is not used any more, and one of its name is. */
//= taken count
#include "case.h"

int count(void);
int other(void);

int count(void)
{
#ifndef PATCHED
    static int nr;

    use(&nr);
    nr++;
#endif
    return ask(1);
}

int other(void)
{
    static int nr;

    use(&nr);
    return ++nr;
}
