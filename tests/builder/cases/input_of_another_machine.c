/* SPDX-License-Identifier: GPL-2.0 */
/* An object for another machine. */
// after: poke 18 025
//= error input_of_another_machine.c.after.o: neither x86-64 nor arm64
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
