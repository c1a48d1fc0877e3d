/* SPDX-License-Identifier: GPL-2.0 */
/* Two members in the place of one. */
//= refused struct thing: lies in what was 'both' (4 bytes at byte 4)
//= taken set
#include "case.h"

struct thing {
    int one;
#ifdef PATCHED
    u16 low, high;
#else
    u32 both;
#endif
};
int set(struct thing *thing, int value);

int set(struct thing *thing, int value)
{
#ifdef PATCHED
    thing->low = (u16)value;
#else
    thing->both = (u32)value;
#endif
    return ask(value);
}
