/* SPDX-License-Identifier: GPL-2.0 */
/* A variable that had begun with zero. */
//= refused limit: initial value
#include "case.h"

extern int limit;
#ifdef PATCHED
int limit = 4;
#else
int limit;
#endif
int check(int value);

int check(int value)
{
    return value < limit ? 1 : ask(value);
}
