/* SPDX-License-Identifier: GPL-2.0 */
/* A table of values that a compiler has made. */
//= taken name
//=x86-gcc,arm64-gcc= taken CSWTCH.1: changed constant
#include "case.h"

int name(int value);
int other(int value);

int name(int value)
{
    switch (value) {
    case 0:
        return 17;
    case 1:
        return 4;
    case 2:
        return 99;
    case 3:
#ifdef PATCHED
        return 1001;
#else
        return 1000;
#endif
    case 4:
        return 5;
    case 5:
        return -7;
    case 6:
        return 12345;
    default:
        return 0;
    }
}

int other(int value)
{
    switch (value) {
    case 0:
        return 18;
    case 1:
        return 5;
    case 2:
        return 100;
    case 3:
        return 1001;
    case 4:
        return 6;
    case 5:
        return -8;
    case 6:
        return 12346;
    default:
        return 0;
    }
}
