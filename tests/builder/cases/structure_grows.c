/* SPDX-License-Identifier: GPL-2.0 */
/* A structure that has another layout in data that exists. */
//= refused things: cannot grow
//= refused struct thing: 'two' was 4 bytes at byte 4, is 4 bytes at byte 8;
//= taken set
//= taken check
#include "case.h"

struct thing {
    int one;
#ifdef PATCHED
    int new;
#endif
    int two;
};
static struct thing things[4];
int check(int value);
int set(int value);

int set(int value)
{
    things[value & 3].one = value;
    use(things);
    return 0;
}

int check(int value)
{
    return things[value & 3].two + ask(value);
}
