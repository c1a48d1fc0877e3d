/* SPDX-License-Identifier: GPL-2.0 */
/* A file that is no object. */
// after: echo words
//= error input_text.c.after.o: not an ELF file
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
