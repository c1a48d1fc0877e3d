/* SPDX-License-Identifier: GPL-2.0 */
/* Long strings lie in another section. */
//= taken tell
// lacks: a text which is long enough for the section that holds long ones, a
#include "case.h"

void tell(void);

void tell(void)
{
#ifdef PATCHED
    printk(
        "a text which is long enough for the section that holds long ones, b");
#else
    printk(
        "a text which is long enough for the section that holds long ones, a");
#endif
}
