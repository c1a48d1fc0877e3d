/* SPDX-License-Identifier: GPL-2.0 */
/* Functions of one name in three files. */
//= taken callback
// has: a.c#callback
// has: b.c#callback
// lacks: c.c#callback
#include "case.h"

int in_a(int value);

static noinline int callback(int value)
{
    printk("a");
#ifdef PATCHED
    return ask(value) + 1;
#else
    return ask(value);
#endif
}

int in_a(int value)
{
    return callback(value) * 2;
}
