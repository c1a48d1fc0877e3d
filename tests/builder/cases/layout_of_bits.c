/* SPDX-License-Identifier: GPL-2.0 */
/* A bit-field grows, and moves those behind it. */
//= refused struct thing: 'second' was 5 bits at bit 3, is 6 bits at bit 3,
//= taken set
#include "case.h"

struct thing {
    u32 first : 3;
#ifdef PATCHED
    u32 second : 6;
#else
    u32 second : 5;
#endif
    u32 third : 4;
};
int set(struct thing *thing, int value);

int set(struct thing *thing, int value)
{
    thing->third = (u32)value;
    return ask(value);
}
