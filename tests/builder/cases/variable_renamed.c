/* SPDX-License-Identifier: GPL-2.0 */
/* The same variable under another name has the same place. */
//= taken check
#include "case.h"

#ifdef PATCHED
#define state mode
#endif
static int state;
int check(int value);
int set(int value);

int set(int value)
{
    use(&state);
    state += value;
    return ask(state);
}

int check(int value)
{
#ifdef PATCHED
    return state + value + 1;
#else
    return state + value;
#endif
}
