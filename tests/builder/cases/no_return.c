/* SPDX-License-Identifier: GPL-2.0 */
/* What a call does not return from. */
//= taken check
#include "case.h"

int check(int value);
noinline __attribute__((noreturn)) void stop(int value);

void stop(int value)
{
    printk("stop");
    for (;;) {
        use(&value);
    }
}

int check(int value)
{
    if (value < 0) {
#ifdef PATCHED
        stop(value);
#else
        printk("negative");
#endif
    }
    return ask(value);
}
