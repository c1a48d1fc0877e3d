/* SPDX-License-Identifier: GPL-2.0 */
/* A structure of functions whose address is in data. */
//= refused ops: change the function
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
    return ask(value) + 2;
}

static const struct ops ops = {
    .first = one,
#ifdef PATCHED
    .second = one,
#else
    .second = two,
#endif
};
static const struct ops *chosen = &ops;
int call(int value);

int call(int value)
{
    use((const void *)two);
    use(&chosen);
    return ask(value) + chosen->second(value);
}
