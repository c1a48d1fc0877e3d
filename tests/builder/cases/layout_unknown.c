/* SPDX-License-Identifier: GPL-2.0 */
/* Without debugging information nothing is known of layouts. */
//= warning there is none (-g): layouts of structures
//= taken set
// flags: -g0
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
