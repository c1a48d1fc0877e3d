/* SPDX-License-Identifier: GPL-2.0 */
/* A warning is removed: the entries of others lie elsewhere in the table. */
//= taken check
#include "case.h"

int check(int value);
int other(int value);

int check(int value)
{
#ifndef PATCHED
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
