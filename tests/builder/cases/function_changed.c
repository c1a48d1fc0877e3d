/* SPDX-License-Identifier: GPL-2.0 */
/* The simplest of all: one more condition in a function. */
//= taken check: changed
#include "case.h"

int check(int value);
int other(int value);

int check(int value)
{
#ifdef PATCHED
    if (value < 0) {
        return 0;
    }
#endif
    return ask(value);
}

int other(int value)
{
    return ask(value) + 1;
}
