/* SPDX-License-Identifier: GPL-2.0 */
/* Names that a compiler gives to strings are no change. */
//= taken first
#include "case.h"

void first(void);
void second(void);
void third(void);

void first(void)
{
    printk("first");
#ifdef PATCHED
    printk("more");
#endif
}

void second(void)
{
    printk("second");
    printk("second again");
}

void third(void)
{
    printk("third");
}
