/* SPDX-License-Identifier: GPL-2.0 */
/* The same bytes, which lead elsewhere. */
// flags: -fno-inline
//= taken check: uses 'other'
#include "case.h"

int check(int value);
int other(int value);
int other(int value)
{
    return ask(value) ^ 5;
}

noinline int check(int value)
{
#ifdef PATCHED
    return other(value) + 1;
#else
    return ask(value) + 1;
#endif
}
