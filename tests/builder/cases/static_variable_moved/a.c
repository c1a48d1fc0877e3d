/* SPDX-License-Identifier: GPL-2.0 */
/* A variable of one file moves to another with all who use it. */
//= taken one
//= refused one: may be a new one
#include "case.h"

int one(int value);

#ifndef PATCHED
static int state;

int one(int value)
{
    use(&state);
    state += value;
    return ask(value);
}
#endif
