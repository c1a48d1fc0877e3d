/* SPDX-License-Identifier: GPL-2.0 */
/* Tables for unwinding are not brought along. */
// flags: -fasynchronous-unwind-tables
//= taken check
// lacks: .eh_frame
#include "case.h"

int check(int value);
int other(int value);

int check(int value)
{
#ifdef PATCHED
    printk("check");
#endif
    return ask(value);
}

int other(int value)
{
    return ask(value + 1);
}
