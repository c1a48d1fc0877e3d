/* SPDX-License-Identifier: GPL-2.0 */
/* A string is kept with the first function that has it, which is another one
 * now. */
//= taken tell
#include "case.h"

void tell(void);
void also(void);
void third(void);

void tell(void)
{
#ifndef PATCHED
    printk("words of all");
#endif
    ask(1);
}

void also(void)
{
    printk("words of all");
}

void third(void)
{
    printk("words of all");
}
