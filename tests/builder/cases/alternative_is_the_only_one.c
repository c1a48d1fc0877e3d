/* SPDX-License-Identifier: GPL-2.0 */
/* The only code that is exchanged stays as it is: its table is gone. */
// live: same: the code does nothing
//= taken check
#include "case.h"

int check(int value);

int check(int value)
{
#ifdef PATCHED
    __asm__ volatile("nop" ::: "memory");
#else
    ALTERNATIVE("nop", "nop", 3);
#endif
    return ask(value);
}
