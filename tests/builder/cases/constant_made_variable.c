/* SPDX-License-Identifier: GPL-2.0 */
/* A constant cannot be written to where it lies. */
//= refused limits: now lies in section
#include "case.h"

#ifdef PATCHED
static int limits[4] = {4, 3, 2, 1};
#else
static const int limits[4] = {4, 3, 2, 1};
#endif
int check(int value);

int check(int value)
{
    use(limits);
    return ask(limits[value & 3]);
}
