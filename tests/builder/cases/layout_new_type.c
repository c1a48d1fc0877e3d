/* SPDX-License-Identifier: GPL-2.0 */
/* There is nothing of a type that is new. */
//= taken set
#include "case.h"

struct thing {
    int one;
};
#ifdef PATCHED
struct other {
    int one, two;
};
static int sum(const struct other *other)
{
    return other->one + other->two;
}
#endif
int set(struct thing *thing, int value);

int set(struct thing *thing, int value)
{
#ifdef PATCHED
    struct other other = {value, 1};

    use(&other);
    value = sum(&other);
#endif
    thing->one = value;
    return ask(value);
}
