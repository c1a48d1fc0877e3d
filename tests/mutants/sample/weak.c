// SPDX-License-Identifier: GPL-2.0
/*
 * A source whose test is weak in known places, for the test of `make mutants`:
 * test_weak.c says what it does not look at.
 */
#include "weak.h"

unsigned int clamp(unsigned int value)
{
    if (value > 100) {
        return 100;
    }
    return value;
}

static unsigned int sum(unsigned int a, unsigned int b)
{
    return a + b;
}

unsigned int twice(unsigned int value)
{
    unsigned int result;

    result = 7;
    result = sum(value, value);
    return result;
}

unsigned int area(unsigned int width, unsigned int height)
{
    while (width * height > 1000) {
        height--;
    }
    return width * height;
}

unsigned int never_called(unsigned int value)
{
    return value - 3;
}
