/* SPDX-License-Identifier: GPL-2.0 */
/* Many entries of two functions in one table. */
//= taken check
#include "case.h"

#define TEN(what)                                                              \
    what(0) what(1) what(2) what(3) what(4) what(5) what(6) what(7) what(8)    \
        what(9)
#define ONE(nr)                                                                \
    if (value == nr * 3) {                                                     \
        WARN();                                                                \
    }
int check(int value);
int other(int value);

int check(int value)
{
    TEN(ONE)
#ifdef PATCHED
    printk("changed");
#endif
    return ask(value);
}

int other(int value)
{
    TEN(ONE)
    return ask(value + 1);
}
