/* SPDX-License-Identifier: GPL-2.0 */
/* As large as before, and of another structure. */
//= refused struct thing: 'part' was a struct pair, is a struct wide
//= taken set
#include "case.h"

struct pair {
    u32 low, high;
};
struct wide {
    u64 both;
};
struct thing {
#ifdef PATCHED
    struct wide part;
#else
    struct pair part;
#endif
};
int set(struct thing *thing, int value);

int set(struct thing *thing, int value)
{
#ifdef PATCHED
    thing->part.both = (u64)value;
#else
    thing->part.high = (u32)value;
#endif
    return ask(value);
}
