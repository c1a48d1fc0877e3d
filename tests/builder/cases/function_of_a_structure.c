/* SPDX-License-Identifier: GPL-2.0 */
/* A function that a structure leads to: the structure stays. */
// live: not: nothing of it can be called by its name
//= taken two
#include "case.h"

struct ops {
    int (*first)(int value);
    int (*second)(int value);
};

static int one(int value)
{
    return ask(value) + 1;
}

static int two(int value)
{
#ifdef PATCHED
    return ask(value) + 3;
#else
    return ask(value) + 2;
#endif
}

extern const struct ops ops;
const struct ops ops = {
    .first = one,
    .second = two,
};
