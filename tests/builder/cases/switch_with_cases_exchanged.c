/* SPDX-License-Identifier: GPL-2.0 */
/* The code of a switch is the same, its table of jumps is not. */
// flags: -fjump-tables
//= taken one
#include "case.h"

int one(int value);
int two(int value);
int three(int value);
int step(int value);

int one(int value)
{
    switch (value) {
#ifdef PATCHED
    case 7:
#else
    case 0:
#endif
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
#ifdef PATCHED
    case 0:
#else
    case 7:
#endif
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
        return 1;
    }
}
