/* SPDX-License-Identifier: GPL-2.0 */
/* Tables of jumps of several functions. */
// flags: -fjump-tables
//= taken two
#include "case.h"

int one(int value);
int two(int value);
int three(int value);
int step(int value);

int one(int value)
{
    switch (value) {
    case 0:
        return ask(3);
    case 1:
        return ask(value) * 3;
    case 2:
        printk("two");
        return 4;
    case 3:
        return ask(value + 9) - 8;
    case 4:
        use(&value);
        return value;
    case 5:
        printk("five");
        return ask(7);
    case 6:
        return ask(ask(value));
    case 7:
        return shared;
    case 8:
        printk("eight");
        return ask(10);

    default:
        return 0;
    }
}

int two(int value)
{
    switch (value) {
    case 0:
        return ask(4);
    case 1:
        return ask(value) * 5;
    case 2:
        printk("two");
        return 6;
    case 3:
        return ask(value + 7) - 8;
    case 4:
        use(&value);
        return value + 1;
    case 5:
        printk("five");
        return ask(9);
    case 6:
        return ask(ask(value + 1));
    case 7:
        return shared + 1;
    case 8:
        printk("eight");
        return ask(11);
    default:
#ifdef PATCHED
        return 2;
#else
        return 1;
#endif
    }
}
