/* SPDX-License-Identifier: GPL-2.0 */
/* The name of a function in itself. */
//= taken tell
//=x86-gcc,arm64-gcc= taken __func__.1: new constant
#include "case.h"

void tell(void);
void renumbered(void);

void tell(void)
{
#ifdef PATCHED
    printk(__func__);
#endif
    printk("tell");
}

void renumbered(void)
{
    printk(__func__);
    use(__func__);
}
