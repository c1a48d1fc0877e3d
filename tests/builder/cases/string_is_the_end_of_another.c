/* SPDX-License-Identifier: GPL-2.0 */
/* A string that is the end of a longer one. */
//= taken also
#include "case.h"

void tell(void);
void also(void);

void tell(void)
{
    printk("a longer tail of words");
}

void also(void)
{
#ifdef PATCHED
    printk("tail of words");
#else
    printk("tail of other words");
#endif
}
