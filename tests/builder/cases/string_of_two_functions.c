/* SPDX-License-Identifier: GPL-2.0 */
/* A string that an unchanged function has as well comes along. */
//= taken tell
// has: words of both
#include "case.h"

void tell(void);
void also(void);

void tell(void)
{
    printk("words of both");
#ifdef PATCHED
    ask(1);
#endif
}

void also(void)
{
    printk("words of both");
}
