/* SPDX-License-Identifier: GPL-2.0 */
/* Another name for the same bytes. */
//= warning struct thing: 'flags' (4 bytes at byte 4) was called 'pad'
//= taken set
#include "case.h"

struct thing {
    int one;
#ifdef PATCHED
    u32 flags;
#else
    u32 pad;
#endif
};
int set(struct thing *thing, int value);

int set(struct thing *thing, int value)
{
#ifdef PATCHED
    thing->flags = 1;
#endif
    thing->one = value;
    return ask(value);
}
