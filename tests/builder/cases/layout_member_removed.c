/* SPDX-License-Identifier: GPL-2.0 */
/* What is left lies where it was. */
//= taken set
#include "case.h"

struct thing {
    int one;
#ifndef PATCHED
    int old;
#endif
    u64 two;
};
int set(struct thing *thing, int value);

int set(struct thing *thing, int value)
{
#ifndef PATCHED
    thing->old = value;
#endif
    thing->two = 1;
    return ask(value);
}
