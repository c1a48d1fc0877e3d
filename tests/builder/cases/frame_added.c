/* SPDX-License-Identifier: GPL-2.0 */
/* A warning is added, and another function has one already. */
//= taken check
#include "case.h"

int check(int value);
int other(int value);

int check(int value)
{
#ifdef PATCHED
    if (value < 0) {
        WARN();
    }
#endif
    return ask(value);
}

int other(int value)
{
    if (value > 0) {
        WARN();
    }
    return ask(value);
}
