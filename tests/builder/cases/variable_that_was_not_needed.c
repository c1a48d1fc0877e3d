/* SPDX-License-Identifier: GPL-2.0 */
/* A variable that had not been stored, since nobody wrote to it. */
//= taken set
//= taken check
//= warning limit: new data
#include "case.h"

static int limit = 3;
int check(int value);
int set(int value);

int set(int value)
{
#ifdef PATCHED
    limit = value;
#endif
    return ask(value);
}

int check(int value)
{
    return value < limit ? 1 : ask(value);
}
