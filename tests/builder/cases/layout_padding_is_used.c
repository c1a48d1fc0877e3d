/* SPDX-License-Identifier: GPL-2.0 */
/* A new member where nothing was. */
//= warning struct thing: 'new' (4 bytes at byte 4) is new, in what was padding
//= taken set
#include "case.h"

struct thing {
    int one;
#ifdef PATCHED
    int new;
#endif
    u64 two;
};
int set(struct thing *thing, int value);

int set(struct thing *thing, int value)
{
#ifdef PATCHED
    thing->new = value;
#endif
    thing->two = 1;
    return ask(value);
}
