/* SPDX-License-Identifier: GPL-2.0 */
/* A file of no bytes. */
// after: cat /dev/null
//= error input_empty.c.after.o: 0 bytes
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
