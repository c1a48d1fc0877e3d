/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Two functions with a table of jumps each. A case says before it includes them
 * what it changes: which values lead to the first way and to the eighth, a way
 * more, and what the second function answers to other values.
 */
#ifndef SWITCHES_H
#define SWITCHES_H

#include "case.h"

#ifndef FIRST
#define FIRST 0
#define EIGHTH 7
#endif
#ifndef ONE_MORE
#define ONE_MORE
#endif
#ifndef OTHERWISE
#define OTHERWISE 1
#endif

int one(int value);
int two(int value);

int one(int value)
{
    switch (value) {
    case FIRST:
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
    case EIGHTH:
        return shared;
    case 8:
        printk("eight");
        return ask(10);
        ONE_MORE
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
        return OTHERWISE;
    }
}

#endif
