/* SPDX-License-Identifier: GPL-2.0 */
/* Data in no section. */
// flags: -fcommon
//= error input_common.c.after.o: -fno-common
#include "case.h"

int check(int value);

int check(int value)
{
#ifdef PATCHED
    value++;
#endif
    printk("check");
    return ask(value);
}

#ifdef PATCHED
int in_no_section;
#endif
