/* SPDX-License-Identifier: GPL-2.0 */
/* Nothing but a message, which another function has as well. */
//= taken tell
#include "case.h"

void tell(void);
void also(void);

void also(void)
{
    printk("the same words");
}

void tell(void)
{
#ifdef PATCHED
    printk("other words");
#else
    printk("the same words");
#endif
}
