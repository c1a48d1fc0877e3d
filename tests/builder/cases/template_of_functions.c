/* SPDX-License-Identifier: GPL-2.0 */
/* A structure of functions that was copied when the hypervisor started. */
//= refused ops: starts
#include "case.h"

struct ops {
    int (*first)(int value);
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
const struct ops ops section(".init.rodata.cf_clobber") = {
#ifdef PATCHED
    .first = one,
#else
    .first = two,
#endif
};
int call(int value);

int call(int value)
{
    use((const void *)one);
    use((const void *)two);
    return ask(value);
}
