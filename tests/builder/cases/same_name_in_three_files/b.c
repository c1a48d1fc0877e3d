/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

int in_b(int value);

static noinline int callback(int value)
{
    printk("b");
#ifdef PATCHED
    return ask(value) + 2;
#else
    return ask(value);
#endif
}

int in_b(int value)
{
    return callback(value) * 2;
}
