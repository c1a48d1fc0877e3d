/* SPDX-License-Identifier: GPL-2.0 */
/* The user knows something else. */
//= refused struct thing: --accept-layout 'struct thing'
//= taken set
//= warning things: is not refused for its layout
// options: --accept-layout things
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
