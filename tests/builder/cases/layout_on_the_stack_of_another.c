/* SPDX-License-Identifier: GPL-2.0 */
/* A function that stays hands one to another that goes by the new layout. */
//= refused struct thing: 'two' was
//= taken check
#include "case.h"

struct thing {
    int one;
#ifdef PATCHED
    int three, two;
#else
    int two, three;
#endif
};
void set(void);
int check(const u8 *bytes);

void set(void)
{
    struct thing thing;

    thing.one = 1;
    use(&thing);
}

int check(const u8 *bytes)
{
    struct thing thing;

    __builtin_memcpy(&thing, bytes, sizeof(thing));
    return ask(thing.two);
}
