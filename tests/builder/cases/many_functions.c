/* SPDX-License-Identifier: GPL-2.0 */
/* A macro that many functions use. */
//= taken f0
//= taken f1
//= taken f2
//= taken f3
//= taken f4
//= taken f5
//= taken f6
//= taken f7
//= taken f8
//= taken f9
//= taken f10
//= taken f11
#include "case.h"

#ifdef PATCHED
#define LIMITED(value) (ask(value) & 0xff)
#else
#define LIMITED(value) ask(value)
#endif

int f0(int value);
int f0(int value)
{
    printk("number 0");
    return LIMITED(value) + 0;
}

int f1(int value);
int f1(int value)
{
    printk("number 1");
    return LIMITED(value) + 1;
}

int f2(int value);
int f2(int value)
{
    printk("number 2");
    return LIMITED(value) + 2;
}

int f3(int value);
int f3(int value)
{
    printk("number 3");
    return LIMITED(value) + 3;
}

int f4(int value);
int f4(int value)
{
    printk("number 4");
    return LIMITED(value) + 4;
}

int f5(int value);
int f5(int value)
{
    printk("number 5");
    return LIMITED(value) + 5;
}

int f6(int value);
int f6(int value)
{
    printk("number 6");
    return LIMITED(value) + 6;
}

int f7(int value);
int f7(int value)
{
    printk("number 7");
    return LIMITED(value) + 7;
}

int f8(int value);
int f8(int value)
{
    printk("number 8");
    return LIMITED(value) + 8;
}

int f9(int value);
int f9(int value)
{
    printk("number 9");
    return LIMITED(value) + 9;
}

int f10(int value);
int f10(int value)
{
    printk("number 10");
    return LIMITED(value) + 10;
}

int f11(int value);
int f11(int value)
{
    printk("number 11");
    return LIMITED(value) + 11;
}
