/* SPDX-License-Identifier: GPL-2.0 */
/* A variable that another file comes to use stays where it is. */
//= taken two
// has: a.c#state
#include "case.h"

int one(int value);

#ifdef PATCHED
extern int state;
int state = 3;
#else
static int state = 3;
#endif

int one(int value)
{
    use(&state);
    state += value;
    return ask(value);
}
