/* SPDX-License-Identifier: GPL-2.0 */
/* A table of places that is the same comes along, or it would lead to the old
 * code. */
// live: same: nobody goes to what changed
//= taken run
// has: .*steps.*
#include "case.h"

int run(int value);
int other(int value);

int run(int value)
{
    static const void *const steps[] = {&&one, &&two, &&three};

    goto *steps[value & 1];
one:
    return ask(1);
two:
    return ask(2);
three:
#ifdef PATCHED
    return ask(4);
#else
    return ask(3);
#endif
}

int other(int value)
{
    static const void *const steps[] = {&&one, &&two};

    goto *steps[value & 1];
one:
    return ask(6);
two:
    return ask(7);
}
