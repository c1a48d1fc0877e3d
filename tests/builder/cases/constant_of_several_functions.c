/* SPDX-License-Identifier: GPL-2.0 */
/* A constant table: all who use it come along. */
//= taken check
//= taken other: uses 'limits', which has changed
//= taken limits: changed constant
#include "case.h"

static const int limits[] = {1, 2, 3, 4, 5, 6,
#ifdef PATCHED
                             8,
#else
                             7,
#endif
                             9};
int check(int value);
int other(int value);
int third(int value);

int check(int value)
{
    use(limits);
    return limits[value & 7];
}

int other(int value)
{
    use(limits);
    return limits[value & 3];
}

int third(int value)
{
    return ask(value);
}
