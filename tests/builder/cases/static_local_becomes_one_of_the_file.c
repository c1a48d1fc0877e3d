/* SPDX-License-Identifier: GPL-2.0 */
/* A variable of a function becomes one of its file. */
//= nothing
#include "case.h"

int count(void);
#ifdef PATCHED
static int nr;
#endif

int count(void)
{
#ifndef PATCHED
    static int nr;
#endif

    use(&nr);
    return ++nr;
}
