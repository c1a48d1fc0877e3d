/* SPDX-License-Identifier: GPL-2.0 */
/* A file that ends before its sections do. */
// after: head -c 1500
//= error input_truncated.c.after.o: section headers
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
