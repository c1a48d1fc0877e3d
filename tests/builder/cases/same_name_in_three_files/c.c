/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

int in_c(int value);

static noinline int callback(int value)
{
    printk("c");
#ifdef PATCHED
    return ask(value) + 0;
#else
    return ask(value);
#endif
}

int in_c(int value)
{
    return callback(value) * 2;
}
