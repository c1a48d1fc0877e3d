/* SPDX-License-Identifier: GPL-2.0 */
/* A table of places of its function. */
//= taken run
#include "case.h"

int run(int value);

int run(int value)
{
    static const void *const steps[] = {&&one, &&two, &&three};

    goto *steps[value & 1];
one:
    return ask(1);
two:
#ifdef PATCHED
    printk("two");
#endif
    return ask(2);
three:
    return ask(3);
}
