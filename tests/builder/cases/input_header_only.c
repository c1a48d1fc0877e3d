/* SPDX-License-Identifier: GPL-2.0 */
/* A file that ends behind its header. */
// after: head -c 64
//= error input_header_only.c.after.o: section headers
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
