/* SPDX-License-Identifier: GPL-2.0 */
/* An object whose sections begin elsewhere. */
// after: poke 42 001
//= error input_mutated.c.after.o: section headers
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
