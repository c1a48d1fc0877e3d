/* SPDX-License-Identifier: GPL-2.0 */
/* A function that was for the start only, and changes. */
//= taken check
//= taken helper
//= ignored helper
#include "case.h"

#ifdef PATCHED
static noinline int helper(int value)
#else
boot_only static noinline int helper(int value)
#endif
{
    printk("helping");
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
boot_data static int (*const starts)(int value) used = helper;
int check(int value);

int check(int value)
{
#ifdef PATCHED
    return helper(value);
#else
    return ask(value);
#endif
}
