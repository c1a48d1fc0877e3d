/* SPDX-License-Identifier: GPL-2.0 */
/* An object of another format. */
// after: printf '\144\206\001\000xxxxxxxxxxxxxxxxxxxxxxxx'
//= error input_coff.c.after.o: not an ELF file
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
