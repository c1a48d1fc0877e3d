/* SPDX-License-Identifier: GPL-2.0 */
/* An object of 32 bits. */
// after: sed 's/^\x7fELF\x02/\x7fELF\x01/'
//= error input_of_32_bits.c.after.o: of 64 bits
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
