/* SPDX-License-Identifier: GPL-2.0 */
/* An object that holds no code yet. */
// after: printf 'BC\300\336xxxxxxxxxxxxxxxx'
//= error input_bitcode.c.after.o: bitcode
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
