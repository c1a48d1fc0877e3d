/* SPDX-License-Identifier: GPL-2.0 */
/* What happens after a fault lies in another section. */
// live: faults
//= taken fetch
// only: x86-gcc x86-clang
#include "case.h"

int fetch(const int *from);

int fetch(const int *from)
{
    int value;

#ifdef PATCHED
    MAY_FAULT(value, from, 2);
#else
    MAY_FAULT(value, from, 1);
#endif
    return value + ask(0);
}
