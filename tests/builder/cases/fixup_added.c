/* SPDX-License-Identifier: GPL-2.0 */
/* An access that may fault is added. */
// only: x86-gcc x86-clang
// live: same: nothing faults that did not fault before
//= taken fetch
#include "case.h"

int fetch(const int *from);
int other(const int *from);

int fetch(const int *from)
{
    int value = 0;

#ifdef PATCHED
    MAY_FAULT(value, from, 2);
#else
    value = *from;
#endif
    return value + ask(0);
}

int other(const int *from)
{
    int value;

    MAY_FAULT(value, from, 3);
    return value + ask(1);
}
