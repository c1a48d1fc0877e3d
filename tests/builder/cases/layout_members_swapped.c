/* SPDX-License-Identifier: GPL-2.0 */
/* Members change their places: neither sizes nor initial values tell. */
//= refused struct thing: 'one' was 4 bytes at byte 0, is 4 bytes at byte 4
//= taken set
#include "case.h"

struct thing {
#ifdef PATCHED
    int two, one;
#else
    int one, two;
#endif
};
static struct thing thing;
void set(int value);

void set(int value)
{
    thing.one = value;
    use(&thing);
}
