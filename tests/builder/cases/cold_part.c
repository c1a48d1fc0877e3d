/* SPDX-License-Identifier: GPL-2.0 */
/* What is seldom done lies apart, and comes along with its function. */
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
    if (value > 100) {
        complain(value);
#ifdef PATCHED
        complain(value + 1);
#endif
        return ask(3);
    }
    return ask(value);
}
