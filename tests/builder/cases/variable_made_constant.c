/* SPDX-License-Identifier: GPL-2.0 */
/* A variable may hold anything by now. */
//= refused limits: now lies in section
#include "case.h"

#ifdef PATCHED
static const int limits[4] = {4, 3, 2, 1};
#else
static int limits[4] = {4, 3, 2, 1};
#endif
int check(int value);

int check(int value)
{
    use(limits);
    return ask(limits[value & 3]);
}
