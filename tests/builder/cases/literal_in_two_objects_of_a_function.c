/* SPDX-License-Identifier: GPL-2.0 */
/* Strings that end alike. */
//= taken check
#include "case.h"

int check(int value);

int check(int value)
{
#ifdef PATCHED
    printk("%d");
#endif
    printk("%d\n");
    printk("x%d\n");
    return ask(value);
}
