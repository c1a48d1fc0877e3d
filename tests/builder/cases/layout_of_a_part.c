/* SPDX-License-Identifier: GPL-2.0 */
/* A structure in another one grows: so does that. */
//= refused struct part: 4 bytes in all, now 8
//= refused struct thing: 'part' was 4 bytes at byte 0, is 8 bytes at
//= taken set
#include "case.h"

struct part {
    int one;
#ifdef PATCHED
    int new;
#endif
};
struct thing {
    struct part part;
    int two;
};
int set(struct thing *thing, int value);

int set(struct thing *thing, int value)
{
    thing->two = value;
    return ask(value);
}
