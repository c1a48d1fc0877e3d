/* SPDX-License-Identifier: GPL-2.0 */
/* The hypervisor has long had the old value. */
//= refused limit: initial value
#include "case.h"

#ifdef PATCHED
int limit = 5;
#else
int limit = 3;
#endif
int check(int value);

int check(int value)
{
    return value < limit;
}
