/* SPDX-License-Identifier: GPL-2.0 */
/* A function gets a part that lies apart. */
//= taken check
#include "case.h"

int check(int value);

noinline __attribute__((cold)) void complain(int value);

void complain(int value)
{
    printk("complaint");
    use(&value);
}

int check(int value)
{
#ifdef PATCHED
    if (value > 100) {
        complain(value);
        complain(value + 1);
        return ask(3);
    }
#endif
    return ask(value);
}
