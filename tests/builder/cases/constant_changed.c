/* SPDX-License-Identifier: GPL-2.0 */
/* A table of a file's own: who uses it comes along, changed or not. */
//=x86-gcc,arm64-gcc= taken limits: changed constant
//= taken first: uses
//= taken second: uses
#include "case.h"

int first(int which);
int second(int which);

#ifdef PATCHED
static const int limits[] = {10, 20, 31, 40};
#else
static const int limits[] = {10, 20, 30, 40};
#endif

int first(int which)
{
    return limits[which & 3];
}

int second(int which)
{
    return ask(limits[which & 3]);
}
