/* SPDX-License-Identifier: GPL-2.0 */
/* Where a function may lie is no change of it. */
//= taken other
#include "case.h"

#ifdef PATCHED
#define ALIGN __attribute__((aligned(64)))
#else
#define ALIGN
#endif
ALIGN int check(int value);
int other(int value);

int check(int value)
{
    return ask(value);
}

int other(int value)
{
#ifdef PATCHED
    return ask(value) + 2;
#else
    return ask(value) + 1;
#endif
}
