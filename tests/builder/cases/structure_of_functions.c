/* SPDX-License-Identifier: GPL-2.0 */
/* A structure of functions leads to another one: the calls were made direct. */
//= taken call
//= taken ops
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

extern const struct ops ops;
const struct ops ops = {
    .first = one,
#ifdef PATCHED
    .second = one,
#else
    .second = two,
#endif
};
int call(int value);

int call(int value)
{
    use((const void *)two);
    use(&ops);
    return ask(value);
}
