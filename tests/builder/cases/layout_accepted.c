/* SPDX-License-Identifier: GPL-2.0 */
/* The user knows that there is nothing of it. */
// live: not: payloads here are made without its option
//= warning struct thing: 4 bytes in all, now 8; accepted
//= taken set
// options: --accept-layout thing
#include "case.h"

struct thing {
#ifdef PATCHED
    int new;
#endif
    int one;
};
int set(struct thing *thing, int value);

int set(struct thing *thing, int value)
{
    thing->one = value;
    return ask(value);
}
