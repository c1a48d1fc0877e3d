/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

extern int state;
int two(int value);

#ifdef PATCHED
int state = 3;
#endif

int two(int value)
{
#ifdef PATCHED
    value++;
#endif
    state -= value;
    return ask(value);
}
