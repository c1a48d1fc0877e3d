/* SPDX-License-Identifier: GPL-2.0 */
/* A variable that moves to another file, with another initial value. */
//= refused state: initial value
#include "case.h"

extern int state;
int one(int value);

#ifndef PATCHED
int state = 3;
#endif

int one(int value)
{
    state += value;
    return ask(value);
}
